package dev.fettle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PriorCommandTest {
  @TempDir Path directory;

  @Test
  void printsTheWholeFileBeforeItsProcessEnds() throws IOException {
    Path run =
        Files.writeString(
            directory.resolve("run.json"),
            """
            {"perItem": [{"problem": "p1", "correct": true, "patches": ["search/equals: s"]}]}
            """);
    StringWriter printed = new StringWriter();

    int code =
        new CommandLine(new PriorCommand())
            .setOut(new PrintWriter(new BufferedWriter(printed)))
            .execute("--run", run.toString());

    assertThat(code).isZero();
    assertThat(printed.toString()).contains("Learned from 1 repairs").contains("\nequals ");
  }
}
