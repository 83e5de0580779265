package dev.fettle.checkout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.jspecify.annotations.Nullable;

/**
 * HEAD with the work tree's changes as a commit that nothing refers to: tracked files as they lie
 * there, and new files that are not ignored. The index is read, never written; filters that the
 * repository configures are not run. The same content gives the same commit.
 */
final class Snapshot {
  private static final int LARGEST = 50 << 20;

  private final Repository repository;
  private final RevCommit head;
  private final Instant indexWritten;
  private final List<String> changed = new ArrayList<>();
  private final List<String> tooLarge = new ArrayList<>();

  Snapshot(Repository repository, RevCommit head) {
    this.repository = repository;
    this.head = head;
    this.indexWritten = Instant.ofEpochMilli(repository.getIndexFile().lastModified());
  }

  /** The commit; HEAD itself when the work tree is clean. */
  ObjectId take() throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache files = DirCache.newInCore();
      DirCacheBuilder builder = files.builder();
      walk(builder, inserter);
      builder.finish();
      ObjectId tree = files.writeTree(inserter);
      if (tree.equals(head.getTree())) {
        return head;
      }
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree);
      commit.setParentId(head);
      PersonIdent person =
          new PersonIdent(
              "Fettle",
              "fettle@localhost",
              head.getCommitterIdent().getWhenAsInstant(),
              ZoneOffset.UTC);
      commit.setAuthor(person);
      commit.setCommitter(person);
      commit.setMessage("Work tree on top of " + head.name() + "\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  /** Files that differ from the index, for people. */
  List<String> changed() {
    return List.copyOf(changed);
  }

  /** Changed or new files of more than 50 MB: as they are committed, or left out. */
  List<String> tooLarge() {
    return List.copyOf(tooLarge);
  }

  private void walk(DirCacheBuilder builder, ObjectInserter inserter) throws IOException {
    DirCache index = repository.readDirCache();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(new DirCacheIterator(index));
      walk.addTree(new FileTreeIterator(repository));
      while (walk.next()) {
        DirCacheIterator tracked = walk.getTree(0, DirCacheIterator.class);
        WorkingTreeIterator lying = walk.getTree(1, WorkingTreeIterator.class);
        if (walk.isSubtree()) {
          if (tracked != null || (lying != null && !lying.isEntryIgnored())) {
            walk.enterSubtree();
          }
        } else if (lying != null && (tracked != null || !lying.isEntryIgnored())) {
          add(walk.getPathString(), tracked, builder, inserter);
        } else if (tracked != null && FileMode.GITLINK.equals(tracked.getEntryRawMode())) {
          keep(builder, tracked.getDirCacheEntry());
        } else if (tracked != null) {
          changed.add(walk.getPathString());
        }
      }
    }
  }

  private void add(
      String path,
      @Nullable DirCacheIterator tracked,
      DirCacheBuilder builder,
      ObjectInserter inserter)
      throws IOException {
    DirCacheEntry before = tracked == null ? null : tracked.getDirCacheEntry();
    Path file = repository.getWorkTree().toPath().resolve(path);
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (before != null && (!attributes.isRegularFile() || unchanged(before, attributes))) {
      keep(builder, before);
      return;
    }
    if (!attributes.isRegularFile()) {
      return;
    }
    if (attributes.size() > LARGEST) {
      tooLarge.add(path);
      if (before != null) {
        keep(builder, before);
      }
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    ObjectId id = inserter.idFor(Constants.OBJ_BLOB, bytes);
    if (before != null && same(before.getObjectId(), id, bytes, inserter)) {
      keep(builder, before);
      return;
    }
    changed.add(path);
    inserter.insert(Constants.OBJ_BLOB, bytes);
    DirCacheEntry entry = new DirCacheEntry(path);
    entry.setFileMode(
        before != null
            ? before.getFileMode()
            : Files.isExecutable(file) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE);
    entry.setObjectId(id);
    builder.add(entry);
  }

  /** What git itself trusts: size and time, unless the file is as young as the index. */
  private boolean unchanged(DirCacheEntry entry, BasicFileAttributes attributes) {
    return entry.getLength() == attributes.size()
        && entry.getLastModifiedInstant().equals(attributes.lastModifiedTime().toInstant())
        && !entry.isSmudged()
        && !entry.mightBeRacilyClean(indexWritten);
  }

  /** Checked out with CRLF by configuration is not a change. */
  private static boolean same(
      ObjectId before, ObjectId now, byte[] bytes, ObjectInserter inserter) {
    if (before.equals(now)) {
      return true;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.contains("\r\n")
        && inserter
            .idFor(
                Constants.OBJ_BLOB,
                text.replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1))
            .equals(before);
  }

  private static void keep(DirCacheBuilder builder, DirCacheEntry entry) {
    DirCacheEntry kept = new DirCacheEntry(entry.getRawPath());
    kept.setFileMode(entry.getFileMode());
    kept.setObjectId(entry.getObjectId());
    builder.add(kept);
  }
}
