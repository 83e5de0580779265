package dev.fettle.checkout;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes a commit's files into a directory, byte for byte as git stores them: no filter, no
 * line-end conversion, no hook, so nothing that a repository configures is run. Links and
 * submodules are left out; so is every name that would be unsafe in a checkout.
 */
final class Export {
  private static final List<PosixFilePermission> EXECUTE =
      List.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  /** So many trees stay, however long ago they were used. */
  static final int KEPT = 20;

  private static final String BEGUN = ".begun-";
  private static final Duration IN_USE = Duration.ofDays(1);

  private final Path trees;

  Export(Path trees) {
    this.trees = trees;
  }

  /** The directory, made now or before. A directory that is there is complete. */
  Path of(RevCommit commit, ObjectReader reader) throws IOException {
    Path done = trees.resolve(commit.name());
    if (stands(done)) {
      return done;
    }
    Files.createDirectories(trees);
    prune();
    Path begun = Files.createTempDirectory(trees, BEGUN);
    try {
      write(commit, reader, begun);
      Files.move(begun, done, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(done)) { // another process may have been faster
        throw e;
      }
    } finally {
      remove(begun);
    }
    return done;
  }

  /** Whether an exported tree is still there; from now on it counts as used. */
  boolean stands(Path tree) throws IOException {
    if (!Files.isDirectory(tree)) {
      return false;
    }
    Files.setLastModifiedTime(tree, FileTime.from(Instant.now()));
    return true;
  }

  /**
   * Deletes the trees that were used longest ago, and what a killed process began. What was used
   * within a day stays, as another process may still read it.
   */
  private void prune() throws IOException {
    Instant inUse = Instant.now().minus(IN_USE);
    List<Path> old = new ArrayList<>();
    try (Stream<Path> children = Files.list(trees)) {
      for (Path child : children.filter(Files::isDirectory).toList()) {
        String name = String.valueOf(child.getFileName());
        if (name.startsWith(BEGUN) && used(child).isBefore(inUse)) {
          remove(child);
        } else if (ObjectId.isId(name)) {
          old.add(child);
        }
      }
    }
    old.sort(Comparator.comparing(Export::used).reversed());
    for (Path tree : old.subList(Math.min(KEPT, old.size()), old.size())) {
      if (used(tree).isBefore(inUse)) {
        remove(tree);
      }
    }
  }

  private static Instant used(Path tree) {
    try {
      return Files.getLastModifiedTime(tree).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }

  private static void write(RevCommit commit, ObjectReader reader, Path root) throws IOException {
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(commit.getTree());
      while (walk.next()) {
        FileMode mode = walk.getFileMode(0);
        if (!safe(walk.getPathString())) {
          continue;
        }
        Path target = root.resolve(walk.getPathString());
        if (FileMode.TREE.equals(mode)) {
          Files.createDirectories(target);
          walk.enterSubtree();
        } else if (FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode)) {
          try (OutputStream out = Files.newOutputStream(target)) {
            reader.open(walk.getObjectId(0)).copyTo(out);
          }
          if (FileMode.EXECUTABLE_FILE.equals(mode)) {
            makeExecutable(target);
          }
        }
      }
    }
  }

  /** Refuses {@code ..}, {@code .git} in every disguise, and what Windows or macOS read as it. */
  private static boolean safe(String path) {
    ObjectChecker checker = new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);
    try {
      checker.checkPath(path);
      return true;
    } catch (CorruptObjectException e) {
      return false;
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    permissions.addAll(EXECUTE);
    Files.setPosixFilePermissions(file, permissions);
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
