package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each remedy's two programs, one after the other in one JVM under the packed agent, with that
 * remedy and no other: the first is healed, the second raises what it raises without it.
 */
class RemedyIT {
  private static final Path PROGRAMS = Path.of("src/test/remedies");
  private static final String BOTH =
      "public class Both { public static void main(String[] a) throws Exception {"
          + " Heals.main(a); System.out.println(\"--\"); Refuses.main(a); } }";

  @TempDir Path directory;

  static Stream<String> remedies() throws IOException {
    try (Stream<Path> folders = Files.list(PROGRAMS)) {
      return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("remedies")
  void healsOneProgramAndRefusesTheOther(String remedy) throws Exception {
    List<String> heals = Files.readAllLines(PROGRAMS.resolve(remedy).resolve("Heals.java"));
    List<String> refuses = Files.readAllLines(PROGRAMS.resolve(remedy).resolve("Refuses.java"));
    TestApp.of(directory, "Heals.java", String.join("\n", heals), "-g");
    TestApp.of(directory, "Refuses.java", String.join("\n", refuses), "-g");
    TestApp app =
        TestApp.of(directory, "Both.java", BOTH, "-cp", directory.resolve("classes").toString());

    TestApp.Run run =
        app.with(
                "-XX:TieredStopAtLevel=1",
                "-Dfettle.state=" + directory,
                "-Dfettle.heal=typed",
                "-Dfettle.heal-install=eager",
                "-Dfettle.heal.exclude=Both",
                "-Dfettle.heal.threshold=1",
                "-Dfettle.heal.force=" + remedy)
            .withAgent("http://127.0.0.1:9")
            .runClass("Both");

    String healed = run.out().lines().findFirst().orElse("");
    assertThat(healed).as(run.err()).isEqualTo(told(heals, "prints"));
    assertThat(run.out()).contains("--");
    assertThat(run.exit()).isEqualTo(1);
    // lines of the agent may stand between the JVM's words
    assertThat(run.err().lines().filter(line -> !line.contains("healed")))
        .anyMatch(line -> line.contains(told(refuses, "raises")));
  }

  private static String told(List<String> program, String what) {
    String start = "// " + what + ": ";
    return program.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElseThrow();
  }
}
