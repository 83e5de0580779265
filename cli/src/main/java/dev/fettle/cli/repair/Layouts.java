package dev.fettle.cli.repair;

import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.build.FolderLayout;
import java.nio.file.Path;
import java.util.List;

/** Folders that a user names, as places in the tree around them. */
final class Layouts {
  private Layouts() {}

  static FolderLayout of(SourceTree tree, RepairRequest.Folders folders) {
    return new FolderLayout(
        below(tree, folders.sources()),
        below(tree, folders.tests()),
        folders.classpath().stream().map(p -> p.toAbsolutePath().normalize()).toList(),
        folders.release());
  }

  private static List<String> below(SourceTree tree, List<Path> folders) {
    return folders.stream()
        .map(f -> tree.root().relativize(real(f)).toString().replace('\\', '/'))
        .toList();
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("no such directory: " + folder, e);
    }
  }
}
