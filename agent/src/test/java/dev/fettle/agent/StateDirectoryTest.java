package dev.fettle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
    assertThat(StateDirectory.root(null, home.resolve("none"), Path.of("/t")))
        .isEqualTo(Path.of("/t/fettle"));
    assertThat(StateDirectory.root("/chosen", home, Path.of("/t"))).isEqualTo(Path.of("/chosen"));
  }
}
