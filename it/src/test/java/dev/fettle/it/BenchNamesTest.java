package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command line hands every benchmark on that the benchmarks' own program has. */
class BenchNamesTest {
  @Test
  void theCommandLineKnowsEachBenchmark() throws Exception {
    assumeTrue(Fettle.packaged(), "the jars are not packaged; run the verify phase");
    Process help =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Fettle.ROOT.resolve("bench/target/fettle-bench.jar").toString(),
                "--help")
            .start();
    String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> names =
        text.lines()
            .dropWhile(l -> !l.startsWith("Commands:"))
            .skip(1)
            .filter(l -> l.matches(" {2}[a-z].*"))
            .map(l -> l.strip().split(" ")[0])
            .toList();

    Fettle.Ended refused = Fettle.run(Map.of(), 60, "bench", "nosuch");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(names).contains("overhead", "repair");
    assertThat(refused.err()).contains(names);
  }
}
