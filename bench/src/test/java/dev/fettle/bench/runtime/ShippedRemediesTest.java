package dev.fettle.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.bench.host.BenchFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedRemediesTest {
  @TempDir Path folder;

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private Path agent() throws IOException {
    String judgement = "# why\nany grow 1 4\nany leave-loop 1 4\nnull grow 1 4\n";
    byte[] core = zip("x/heal/remedy/judgement.txt", judgement.getBytes(StandardCharsets.UTF_8));
    return Files.write(folder.resolve("agent.jar"), zip("x/core.jar", core));
  }

  private RuntimePlan plan(String healer, String force, boolean exhaust) throws IOException {
    return new RuntimePlan(
        folder, healer, null, force, exhaust, null, false, null, List.of(), 1, true, 1, "java",
        agent(), null, false);
  }

  @Test
  void areThoseThatTheJudgementOfTheAgentSpeaksOf() throws IOException {
    assertThat(ShippedRemedies.of(agent())).containsExactly("grow", "leave-loop");
  }

  @Test
  void aRemedyThatIsNoneIsRefusedWithTheNamesOfThoseThatAre() {
    assertThatThrownBy(() -> plan("typed", "pray", false))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("no remedy pray; there are: grow, leave-loop");
  }

  @Test
  void aHealerThatIsNoneIsRefusedWithTheNamesOfThoseThatAre() {
    assertThatThrownBy(() -> plan("surgeon", null, false))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("no healer surgeon; there are: none, retry, steamroller, typed");
  }

  @Test
  void oneRemedyIsNotForcedWhereAllAre() {
    assertThatThrownBy(() -> plan("typed", "grow", true)).hasMessageContaining("leave out --force");
  }
}
