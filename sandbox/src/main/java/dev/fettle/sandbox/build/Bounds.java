package dev.fettle.sandbox.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * How far the host follows what a build left in its copy or said of itself. The copy is written by
 * code that nobody trusts: any name in it may be a link, and any path it tells may lead anywhere.
 * Links are resolved before anything is compared. Immutable.
 */
public final class Bounds {
  /** What every confined child is shown. */
  private static final Path SYSTEM = Path.of("/usr");

  private final Path root;
  private final List<Path> libraries;

  /**
   * @param root of the copy
   * @param libraries directories outside of it whose files may be on class paths
   */
  public Bounds(Path root, List<Path> libraries) {
    this.root = root.toAbsolutePath().normalize();
    this.libraries = List.copyOf(libraries);
  }

  /** Whether it exists and lies in the copy, wherever links lead. */
  public boolean holds(Path path) {
    return below(root, path);
  }

  /** Whether it is a regular file in the copy, and no link itself. */
  public boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && holds(path);
  }

  /** Whether a child may be shown it: what exists lies in the copy or in a library. */
  public boolean shows(Path path) {
    return path.toAbsolutePath().normalize().startsWith(root)
        ? holds(path)
        : below(SYSTEM, path) || libraries.stream().anyMatch(l -> below(l, path));
  }

  private static boolean below(Path directory, Path path) {
    try {
      return path.toRealPath().startsWith(directory.toRealPath());
    } catch (IOException missing) {
      return false;
    }
  }
}
