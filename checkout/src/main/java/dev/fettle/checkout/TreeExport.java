package dev.fettle.checkout;

import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes commits out as directories, each once. Links and submodules are left out: nothing may lead
 * out of the tree.
 *
 * @param trees holds one directory for each revision
 */
record TreeExport(Path trees) {
  private static final String DONE = ".complete";

  /** The commit's tree, exported now or before. */
  SourceTree of(RevCommit commit, ObjectReader objects, Path repository) throws IOException {
    String revision = commit.name();
    Path target = trees.resolve(revision);
    List<String> paths = new ArrayList<>();
    if (Files.isRegularFile(trees.resolve(revision + DONE))) {
      walk(commit, objects, (path, walk) -> paths.add(path));
    } else {
      Files.createDirectories(trees);
      Path partial = Files.createTempDirectory(trees, "partial-");
      walk(
          commit,
          objects,
          (path, walk) -> {
            paths.add(path);
            write(partial.resolve(path), walk, objects);
          });
      publish(partial, target, revision);
    }
    Collections.sort(paths);
    return new ExportedTree(revision, repository, target, paths);
  }

  @FunctionalInterface
  private interface Visit {
    void file(String path, TreeWalk walk) throws IOException;
  }

  private static void walk(RevCommit commit, ObjectReader objects, Visit visit) throws IOException {
    ObjectChecker checker = new ObjectChecker().setSafeForWindows(false);
    try (TreeWalk walk = new TreeWalk(objects)) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        FileMode mode = walk.getFileMode(0);
        if (mode != FileMode.REGULAR_FILE && mode != FileMode.EXECUTABLE_FILE) {
          continue;
        }
        String path = walk.getPathString();
        try {
          checker.checkPath(path);
        } catch (CorruptObjectException outside) {
          continue;
        }
        visit.file(path, walk);
      }
    }
  }

  private static void write(Path file, TreeWalk walk, ObjectReader objects) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (var out = Files.newOutputStream(file)) {
      objects.open(walk.getObjectId(0)).copyTo(out);
    }
    if (walk.getFileMode(0) == FileMode.EXECUTABLE_FILE && !file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /** Two exports of one revision may race: the first wins, both are the same. */
  private void publish(Path partial, Path target, String revision) throws IOException {
    try {
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException before) {
      if (Files.isRegularFile(trees.resolve(revision + DONE))) {
        delete(partial);
        return;
      }
      delete(target);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }
    Path done = trees.resolve(revision + DONE);
    if (!Files.exists(done)) {
      Files.createFile(done);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
