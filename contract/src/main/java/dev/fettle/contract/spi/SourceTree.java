package dev.fettle.contract.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One revision of a repository, immutable. Thread-safe. */
public interface SourceTree {
  /** The commit, 40 hex digits. A snapshot of a dirty work tree has an unreferenced commit. */
  String revision();

  /** The repository it was taken from. */
  Path repository();

  /** A directory that holds exactly this tree. Read only: nobody builds or writes here. */
  Path root();

  /** Every file, relative with {@code /}, sorted. */
  List<String> paths();

  /**
   * The text of a file, UTF-8, line ends as they are.
   *
   * @return empty when the tree has no such file, or it is a link or leaves the root
   */
  Optional<String> text(String path);
}
