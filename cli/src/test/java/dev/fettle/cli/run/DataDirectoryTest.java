package dev.fettle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void theKeyStaysTheSameAndIsReadableByItsOwnerOnly() throws IOException {
    DataDirectory data = new DataDirectory(folder.resolve("new/data"));
    String key = data.agentKey();
    assertThat(key).matches("[0-9a-f]{48}").isEqualTo(data.agentKey());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.path().resolve("agent.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void twoRepositoriesOfTheSameNameHaveDirectoriesOfTheirOwn() {
    Map<String, String> environment = Map.of("XDG_DATA_HOME", folder.toString());
    assertThat(DataDirectory.of(Path.of("/a/shop"), environment).path())
        .isNotEqualTo(DataDirectory.of(Path.of("/b/shop"), environment).path())
        .isEqualTo(DataDirectory.of(Path.of("/a/shop"), environment).path())
        .hasParentRaw(folder.resolve("fettle"));
  }

  @Test
  void oneServerAtATimeUsesIt() throws IOException {
    DataDirectory data = new DataDirectory(folder.resolve("data"));
    try (Closeable first = data.reserve()) {
      assertThat(first).isNotNull();
      assertThatThrownBy(data::reserve)
          .isInstanceOfSatisfying(
              CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining(data.path().toString())
          .hasMessageContaining("--data");
    }
    data.reserve().close();
  }

  @Test
  void theKeyIsWrittenBesideAndLeavesNothingElse() throws IOException {
    DataDirectory data = new DataDirectory(folder.resolve("data"));
    data.agentKey();
    try (Stream<Path> files = Files.list(data.path())) {
      assertThat(files).containsExactly(data.path().resolve("agent.key"));
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsWrongUsage() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new DataDirectory(file.resolve("below")).agentKey())
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(file.toString());
  }
}
