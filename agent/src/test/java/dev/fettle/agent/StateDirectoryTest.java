package dev.fettle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir Path home;

  @Test
  void servicesDoNotShareAFolder() {
    assertThat(StateDirectory.folder("shop")).isEqualTo("shop");
    assertThat(StateDirectory.folder("a/b")).isNotEqualTo(StateDirectory.folder("a_b"));
    assertThat(StateDirectory.folder("x".repeat(70)))
        .isNotEqualTo(StateDirectory.folder("x".repeat(71)));
  }

  @Test
  void aNameLeadsNowhereElse() {
    assertThat(StateDirectory.folder("../..")).startsWith(".._..-").doesNotContain("/");
    assertThat(StateDirectory.folder("..")).isNotEqualTo("..");
    assertThat(StateDirectory.folder("")).isNotEmpty();
  }

  @Test
  void aHomeThatCannotBeWrittenIsReplaced() {
    assertThat(StateDirectory.root(null, home, Path.of("/t"))).isEqualTo(home.resolve(".fettle"));
    assertThat(StateDirectory.root("/chosen", home, Path.of("/t"))).isEqualTo(Path.of("/chosen"));
    Path first = StateDirectory.root(null, home.resolve("none"), home);
    assertThat(first).isDirectory().hasParent(home);
    assertThat(StateDirectory.root(null, home.resolve("none"), home)).isEqualTo(first);
  }

  @Test
  void whatOthersMayWriteIsNotBelieved() throws IOException {
    Path first = StateDirectory.root(null, home.resolve("none"), home);
    Files.setPosixFilePermissions(first, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path second = StateDirectory.root(null, home.resolve("none"), home);
    assertThat(second).isDirectory().isNotEqualTo(first);
    Files.delete(first);
    Files.createSymbolicLink(first, second);
    assertThat(StateDirectory.root(null, home.resolve("none"), home)).isNotEqualTo(first);
  }
}
