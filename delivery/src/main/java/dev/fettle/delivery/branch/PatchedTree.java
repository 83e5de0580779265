package dev.fettle.delivery.branch;

import dev.fettle.delivery.change.FileChange;
import dev.fettle.delivery.change.Inert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes the tree of a base commit with changed files as objects. The work tree is not looked at.
 */
final class PatchedTree {
  private final Repository repository;
  private final Base base;

  PatchedTree(Repository repository, Base base) {
    this.repository = repository;
    this.base = base;
  }

  /** The change does not fit the base. The message is one line for people. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String reason) {
      super(reason);
    }
  }

  /** The id of the new tree, whose objects are inserted but not flushed. */
  ObjectId write(List<FileChange> files, ObjectReader reader, ObjectInserter inserter)
      throws IOException, Unfit {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, base.commit().getTree());
    builder.finish();
    DirCacheEditor editor = index.editor();
    for (FileChange file : files) {
      editor.add(edit(file, index, reader, inserter));
    }
    editor.finish();
    return index.writeTree(inserter);
  }

  private DirCacheEditor.PathEdit edit(
      FileChange file, DirCache index, ObjectReader reader, ObjectInserter inserter)
      throws IOException, Unfit {
    DirCacheEntry entry = index.getEntry(file.path());
    if (file.before().isEmpty()) {
      refuseToAddOver(file.path(), index, reader);
      ObjectId blob = insert(inserter, file.after());
      return setting(file.path(), FileMode.REGULAR_FILE, blob);
    }
    if (entry == null) {
      throw new Unfit(shown(file) + " is not in the base commit " + name());
    }
    FileMode mode = entry.getFileMode();
    if (mode != FileMode.REGULAR_FILE && mode != FileMode.EXECUTABLE_FILE) {
      throw new Unfit(shown(file) + " is a link or a submodule; only regular files are patched");
    }
    String text = text(file, reader.open(entry.getObjectId(), Constants.OBJ_BLOB).getBytes());
    return setting(file.path(), mode, insert(inserter, patched(file, text)));
  }

  private static DirCacheEditor.PathEdit setting(String path, FileMode mode, ObjectId blob) {
    return new DirCacheEditor.PathEdit(path) {
      @Override
      public void apply(DirCacheEntry entry) {
        entry.setFileMode(mode);
        entry.setObjectId(blob);
      }
    };
  }

  /** A new file may stand in for nothing: no file, no directory, no parent that is a file. */
  private void refuseToAddOver(String path, DirCache index, ObjectReader reader)
      throws IOException, Unfit {
    if (index.getEntry(path) != null || index.getEntriesWithin(path).length > 0) {
      throw new Unfit(Inert.line(path) + " is in the base commit " + name() + " already");
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      try (TreeWalk parent =
          TreeWalk.forPath(reader, path.substring(0, slash), base.commit().getTree())) {
        if (parent != null && parent.getFileMode(0) != FileMode.TREE) {
          throw new Unfit(Inert.line(path.substring(0, slash)) + " is not a directory");
        }
      }
    }
  }

  private String patched(FileChange file, String committed) throws IOException, Unfit {
    String before = file.before().orElseThrow();
    if (committed.equals(before)) {
      return file.after();
    }
    String unixBefore = before.replace("\r\n", "\n");
    String unixAfter = file.after().replace("\r\n", "\n");
    if (committed.equals(unixBefore)) {
      return unixAfter; // The work tree has the line ends that core.autocrlf gave it.
    }
    if (!base.snapshot()) {
      throw new Unfit(shown(file) + " differs from the text that the patch was made for");
    }
    return merged(
        file,
        committed.indexOf("\r\n") < 0 ? unixBefore : before,
        committed,
        committed.indexOf("\r\n") < 0 ? unixAfter : file.after());
  }

  /** The patch as a change of its own, without the other uncommitted changes of the work tree. */
  private String merged(FileChange file, String before, String committed, String after)
      throws IOException, Unfit {
    MergeResult<RawText> result =
        new MergeAlgorithm()
            .merge(RawTextComparator.DEFAULT, raw(before), raw(committed), raw(after));
    if (result.containsConflicts()) {
      throw new Unfit(
          shown(file) + " has uncommitted changes where the patch is; commit them and try again");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new MergeFormatter()
        .formatMerge(out, result, List.of("before", "base", "patch"), StandardCharsets.UTF_8);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static RawText raw(String text) {
    return new RawText(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(FileChange file, byte[] bytes) throws Unfit {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Unfit(shown(file) + " is not UTF-8 text");
    }
  }

  private static ObjectId insert(ObjectInserter inserter, String text) throws IOException {
    return inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String shown(FileChange file) {
    return Inert.line(file.path());
  }

  private String name() {
    return base.commit().abbreviate(10).name() + " of " + repository.getDirectory();
  }
}
