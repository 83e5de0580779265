package dev.fettle.sandbox.build;

import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Copies trees to where they may be built, links left out. */
public final class TreeCopy {
  private TreeCopy() {}

  /** Copies every file of the tree below {@code target}, which must not exist. */
  public static void copy(SourceTree tree, Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : tree.paths()) {
      Path source = tree.root().resolve(name);
      Path copy = target.resolve(name).normalize();
      if (copy.startsWith(target) && Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(copy.getParent());
        Files.copy(
            source, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        copy.toFile().setWritable(true, true);
      }
    }
  }

  /** Deletes a directory with all it holds; nothing when it does not exist. Follows no link. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
