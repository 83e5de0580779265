package dev.fettle.sandbox.confine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BubblewrapTest {
  @TempDir Path outside;
  @TempDir Path inside;
  private Confinement confinement;

  @BeforeEach
  void find() {
    confinement = Confinements.strongest(HostExecution.REFUSED);
    if (!confinement.isolates()) {
      System.out.println("SKIPPED BubblewrapTest: " + confinement.name());
    }
    assumeTrue(confinement.isolates(), "bubblewrap does not work here");
  }

  /** The loader of whatever starts with this in its environment writes a file. */
  @Test
  void startsItselfWithoutTheEnvironmentOfTheRoom() throws IOException {
    Map<String, String> chosen =
        Map.of(
            "LD_DEBUG", "libs",
            "LD_DEBUG_OUTPUT", outside.resolve("escaped").toString(),
            "OPTION", "--help",
            "PATH", "/usr/bin:/bin");
    try (Children children = new Children(confinement)) {
      Children.Ended ended =
          children.execute(
              new Room(
                  List.of("/bin/sh", "-c", "echo got $OPTION in $PWD"),
                  inside,
                  List.of(),
                  List.of(inside),
                  false,
                  chosen),
              Duration.ofMinutes(1));

      assertThat(ended.output()).contains("got --help in " + inside);
    }
    try (Stream<Path> escaped = Files.list(outside)) {
      assertThat(escaped).as("written by bubblewrap itself, unconfined").isEmpty();
    }
  }
}
