package dev.fettle.checkout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * HEAD with the work tree's changes as a commit that nothing refers to. Its objects go to a store
 * of ours; the repository, its index and its work tree are only read.
 */
final class Snapshot {
  private static final PersonIdent NOBODY =
      new PersonIdent(
          "Fettle", "fettle@localhost", java.time.Instant.EPOCH, java.time.ZoneOffset.UTC);

  private Snapshot() {}

  /** Paths that differ from HEAD: changed, added, removed, untracked but not ignored. */
  static Set<String> changes(Repository repository) throws IOException {
    if (repository.isBare()) {
      return Set.of();
    }
    try (Git git = new Git(repository)) {
      Status status = git.status().call();
      Set<String> paths = new TreeSet<>(status.getModified());
      paths.addAll(status.getChanged());
      paths.addAll(status.getAdded());
      paths.addAll(status.getRemoved());
      paths.addAll(status.getMissing());
      paths.addAll(status.getUntracked());
      paths.addAll(status.getConflicting());
      return paths;
    } catch (GitAPIException e) {
      throw new IOException("cannot compare the work tree with HEAD: " + e.getMessage(), e);
    }
  }

  /** Writes the commit; the same work tree gives the same commit. */
  static ObjectId write(
      Repository repository, RevCommit head, Set<String> changes, Repository store)
      throws IOException {
    Path workTree = repository.getWorkTree().toPath();
    try (ObjectInserter inserter = store.newObjectInserter()) {
      DirCache cache = DirCache.newInCore();
      DirCacheBuilder builder = cache.builder();
      try (TreeWalk walk = new TreeWalk(store)) {
        walk.addTree(new CanonicalTreeParser(null, walk.getObjectReader(), head.getTree()));
        walk.setRecursive(true);
        while (walk.next()) {
          if (!changes.contains(walk.getPathString())) {
            DirCacheEntry entry = new DirCacheEntry(walk.getPathString());
            entry.setFileMode(walk.getFileMode(0));
            entry.setObjectId(walk.getObjectId(0));
            builder.add(entry);
          }
        }
      }
      for (String path : changes) {
        Path file = workTree.resolve(path);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          DirCacheEntry entry = new DirCacheEntry(path);
          entry.setFileMode(
              Files.isExecutable(file) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE);
          try (InputStream in = Files.newInputStream(file)) {
            entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, Files.size(file), in));
          }
          builder.add(entry);
        }
      }
      builder.finish();
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(cache.writeTree(inserter));
      commit.setParentId(head);
      commit.setAuthor(NOBODY);
      commit.setCommitter(NOBODY);
      commit.setMessage("The work tree as it runs\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }
}
