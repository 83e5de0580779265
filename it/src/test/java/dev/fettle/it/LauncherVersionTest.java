package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The launcher script over the jars that were really packed. */
class LauncherVersionTest {
  @Test
  void printsTheVersionOfTheJar() throws Exception {
    assumeTrue(Fettle.packaged(), "the jars are not packaged; run the verify phase");

    Fettle.Ended ended = Fettle.run(Map.of(), 60, "--version");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("fettle 0.");
  }
}
