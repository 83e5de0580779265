package dev.fettle.checkout;

import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/**
 * Which lines of a directory changed last: those that differ from what is checked out there or, in
 * a clean work tree, those of its last commit. Reads the repository only; nothing that it
 * configures is run. Immutable.
 */
public final class RecentChanges {
  /** A change of more files than this says nothing about any of them. */
  private static final int MOST_FILES = 40;

  private static final int LARGEST = 4 << 20;

  private final Map<String, BitSet> lines;

  private RecentChanges(Map<String, BitSet> lines) {
    this.lines = lines.size() > MOST_FILES ? Map.of() : Map.copyOf(lines);
  }

  /** Of a directory without a history. */
  public static RecentChanges none() {
    return new RecentChanges(Map.of());
  }

  /** Of the Java files of a tree that is read from its directory; none without a repository. */
  public static RecentChanges of(SourceTree tree) {
    try (Repository repository = open(tree.root())) {
      return of(tree, repository);
    } catch (IOException | IllegalArgumentException e) {
      return none(); // shallow, damaged or foreign: localization does without
    }
  }

  /** Paths of the tree with changed lines. */
  public List<String> paths() {
    return lines.keySet().stream().sorted().toList();
  }

  /** Whether a file has changed lines. */
  public boolean touches(String path) {
    return lines.containsKey(path);
  }

  /**
   * Whether a line changed, or stands where lines were taken away.
   *
   * @param line 1-based
   */
  public boolean touches(String path, int line) {
    BitSet changed = lines.get(path);
    return changed != null && changed.get(line);
  }

  private static Repository open(Path directory) throws IOException {
    FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(directory.toFile());
    if (builder.getGitDir() == null) {
      throw new RepositoryNotFoundException(directory.toFile());
    }
    return builder.setMustExist(true).build();
  }

  private static RecentChanges of(SourceTree tree, Repository repository) throws IOException {
    if (repository.isBare()) {
      return none();
    }
    String prefix = prefix(repository, tree);
    ObjectId head = repository.resolve(Constants.HEAD);
    if (head == null) {
      return none();
    }
    try (RevWalk walk = new RevWalk(repository);
        ObjectReader reader = repository.newObjectReader()) {
      RevCommit commit = walk.parseCommit(head);
      Map<String, BitSet> uncommitted = uncommitted(tree, prefix, commit, reader);
      return uncommitted.isEmpty()
          ? new RecentChanges(committed(tree, prefix, commit, walk, repository))
          : new RecentChanges(uncommitted);
    }
  }

  private static String prefix(Repository repository, SourceTree tree) throws IOException {
    Path top = repository.getWorkTree().toPath().toRealPath();
    String below = top.relativize(tree.root().toRealPath()).toString().replace('\\', '/');
    return below.isEmpty() ? "" : below + "/";
  }

  private static Map<String, BitSet> uncommitted(
      SourceTree tree, String prefix, RevCommit head, ObjectReader reader) throws IOException {
    Map<String, ObjectId> kept = new HashMap<>();
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(head.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        if (walk.getPathString().endsWith(".java")) {
          kept.put(walk.getPathString(), walk.getObjectId(0));
        }
      }
    }
    Map<String, BitSet> changed = new HashMap<>();
    for (String path : tree.paths()) {
      ObjectId before = path.endsWith(".java") ? kept.get(prefix + path) : null;
      if (before != null && changed.size() <= MOST_FILES && !same(tree, path, before)) {
        RawText old = new RawText(reader.open(before).getCachedBytes(LARGEST));
        compared(old, tree.text(path)).ifPresent(bits -> changed.put(path, bits));
      }
    }
    return changed;
  }

  /** Whether git would keep the file's bytes as they are under the same name: most are. */
  private static boolean same(SourceTree tree, String path, ObjectId kept) throws IOException {
    Path file = tree.root().resolve(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
      return true; // nothing to compare
    }
    try (ObjectInserter.Formatter names = new ObjectInserter.Formatter()) {
      return names.idFor(Constants.OBJ_BLOB, Files.readAllBytes(file)).equals(kept);
    }
  }

  /** Ends of lines say nothing: git may keep others than the work tree has. */
  private static Optional<BitSet> compared(RawText old, Optional<String> now) {
    if (now.isEmpty()) {
      return Optional.empty();
    }
    RawText text = new RawText(now.get().getBytes(StandardCharsets.UTF_8));
    BitSet lines = lines(new HistogramDiff().diff(RawTextComparator.WS_IGNORE_TRAILING, old, text));
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }

  private static Map<String, BitSet> committed(
      SourceTree tree, String prefix, RevCommit commit, RevWalk walk, Repository repository)
      throws IOException {
    if (commit.getParentCount() != 1) {
      return Map.of();
    }
    RevCommit parent = walk.parseCommit(commit.getParent(0));
    Map<String, BitSet> changed = new HashMap<>();
    try (DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
      diff.setRepository(repository);
      List<DiffEntry> entries = diff.scan(parent.getTree(), commit.getTree());
      if (entries.size() > 4 * MOST_FILES) {
        return Map.of();
      }
      for (DiffEntry entry : entries) {
        String path = entry.getNewPath();
        if (entry.getChangeType() != DiffEntry.ChangeType.DELETE
            && path.startsWith(prefix)
            && path.endsWith(".java")
            && tree.paths().contains(path.substring(prefix.length()))) {
          BitSet lines = lines(diff.toFileHeader(entry).toEditList());
          changed.put(path.substring(prefix.length()), lines);
        }
      }
    }
    return changed;
  }

  private static BitSet lines(EditList edits) {
    BitSet lines = new BitSet();
    for (Edit edit : edits) {
      // Where lines are gone, those around the gap are the ones that changed.
      int from = edit.getLengthB() == 0 ? edit.getBeginB() : edit.getBeginB() + 1;
      lines.set(Math.max(1, from), edit.getLengthB() == 0 ? from + 2 : edit.getEndB() + 1);
    }
    return lines;
  }
}
