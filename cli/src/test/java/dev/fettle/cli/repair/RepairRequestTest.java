package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairRequestTest {
  @TempDir Path directory;

  @Test
  void foldersOfACopyLieInTheCopyAndLibrariesWhereTheyWere() throws IOException {
    Path project = Files.createDirectories(directory.resolve("project"));
    Path sources = Files.createDirectories(project.resolve("a/src"));
    Path tests = Files.createDirectories(project.resolve("a/tests"));
    Path library = directory.resolve("lib.jar");
    Path linked = Files.createSymbolicLink(directory.resolve("linked"), tests);
    Path copy = directory.resolve("copy");

    RepairRequest.Folders moved =
        new RepairRequest.Folders(List.of(sources), List.of(linked), List.of(library), 17)
            .in(copy, project);

    assertThat(moved)
        .isEqualTo(
            new RepairRequest.Folders(
                List.of(copy.resolve("a/src")),
                List.of(copy.resolve("a/tests")),
                List.of(library),
                17));
  }
}
