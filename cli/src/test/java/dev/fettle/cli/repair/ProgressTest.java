package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter err = new StringWriter();

  @Test
  void whatAProjectSaysNeitherDrivesTheTerminalNorHidesWhoSpeaks() {
    Progress progress =
        new Progress(
            new PrintWriter(err, true), Budget.begun(Duration.ZERO, Duration.ofSeconds(60)));

    progress.note("ATest failed: \u001b[2J\u202egone\nfettle: all is well");

    assertThat(err.toString().lines())
        .containsExactly("fettle: ATest failed: \uFFFD[2Jgone", "fettle: fettle: all is well");
  }
}
