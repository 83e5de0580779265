package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The judges of the demonstration: they must refuse the service as it is and accept it repaired.
 */
class OraclesTest {
  @TempDir Path folder;

  @Test
  void failOnTheServiceAndPassOnItsFixedVariant() throws Exception {
    Path said = folder.resolve("oracles.log");
    Process script =
        new ProcessBuilder(
                "bash", Fettle.ROOT.resolve("examples/orders-faults/verify-oracles.sh").toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = script.waitFor(10, TimeUnit.MINUTES);
    script.descendants().forEach(ProcessHandle::destroyForcibly);

    assertThat(ended).as(Files.readString(said)).isTrue();
    assertThat(script.exitValue()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).contains("25 oracles fail before, 25 pass after");
  }
}
