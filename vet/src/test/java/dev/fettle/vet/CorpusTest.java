package dev.fettle.vet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.testkit.InstalledJdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CorpusTest {
  @Test
  void hostileSnippetsAreRefusedOrStoppedAndHarmlessOnesRun() {
    assertThat(surprises(Corpus.verdicts())).isEmpty();
  }

  @Test
  void onJdk25TooWithItsOwnCompiler() throws IOException, InterruptedException {
    Optional<Path> jdk = InstalledJdk.of(25);
    Assumptions.assumeTrue(jdk.isPresent(), InstalledJdk.absent(25));
    Path output = Files.createTempFile("corpus", ".txt");
    Process child =
        new ProcessBuilder(
                jdk.orElseThrow().resolve("bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Corpus.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = child.waitFor();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    Map<String, String> verdicts = new LinkedHashMap<>();
    lines.stream()
        .map(l -> l.split("\t", 2))
        .forEach(l -> verdicts.put(l[0], l.length > 1 ? l[1] : ""));
    assertThat(surprises(verdicts)).as("of %d lines", lines.size()).isEmpty();
    assertThat(code).isZero();
  }

  @Test
  void hostileShapesAreMany() {
    assertThat(HostileShapes.ALL).hasSizeGreaterThan(100);
  }

  private static List<String> surprises(Map<String, String> verdicts) {
    List<String> surprises = new ArrayList<>();
    Stream.concat(
            HostileShapes.ALL.stream().map(s -> Map.entry("hostile " + s.name(), s.verdict())),
            HarmlessShapes.ALL.stream().map(s -> Map.entry("harmless " + s.name(), s.verdict())))
        .forEach(
            expected -> {
              String found = verdicts.getOrDefault(expected.getKey(), "(nothing)");
              if (!found.startsWith(expected.getValue())) {
                surprises.add(
                    expected.getKey() + ": " + found + ", expected " + expected.getValue());
              }
            });
    if (!"0".equals(verdicts.get("calls of the application"))) {
      surprises.add("calls of the application: " + verdicts.get("calls of the application"));
    }
    return surprises;
  }
}
