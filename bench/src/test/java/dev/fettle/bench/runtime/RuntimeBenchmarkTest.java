package dev.fettle.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores tiny programs in real child JVMs, under an agent that writes a journal and no more. */
class RuntimeBenchmarkTest {
  private static final String AGENT =
      """
      class Main {
        public static void premain(String none) throws java.io.IOException {
          String journal = System.getProperty("fettle.heal.journal");
          if (journal != null) {
            java.nio.file.Files.writeString(java.nio.file.Path.of(journal),
                "{\\"site\\":\\"P.f:1\\",\\"remedy\\":\\"skip-statement\\",\\"confidence\\":0.5,"
                + "\\"features\\":[\\"any\\",\\"null\\"],\\"offered\\":[\\"skip-statement\\"]"
                + "}\\n{\\"cut");
            java.nio.file.Files.writeString(
                java.nio.file.Path.of(System.getProperty("fettle.heal.applied")),
                "P.f:1\\tjava.lang.Error\\tskip-statement\\t2000000\\tfirst\\nP.f:1\\tcut");
          }
        }
      }
      """;

  @TempDir Path folder;
  private ProgramCompiler compiler;
  private RuntimeBenchmark benchmark;

  @BeforeEach
  void buildAgent() throws IOException {
    compiler = new ProgramCompiler(folder.resolve("classes"));
    Path agent = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "TestAgent");
    Path classes = compiler.compile(AGENT.replace("class Main", "public class TestAgent"), "agent");
    try (OutputStream out = Files.newOutputStream(agent);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new JarEntry("TestAgent.class"));
      jar.write(Files.readAllBytes(classes.resolve("TestAgent.class")));
    }
    ItemRunner runner =
        new ItemRunner(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            agent,
            folder,
            compiler,
            Duration.ofSeconds(5));
    benchmark = new RuntimeBenchmark(runner, 2, line -> {});
  }

  private static RuntimeItem item(String id, String body, String... extraBodies) {
    String source =
        "class P { static int f() { return 1; } }\n" + RuntimeItem.HARNESS + "\n" + main(body);
    List<RuntimeItem.ExtraTest> tests =
        List.of(extraBodies).stream().map(b -> new RuntimeItem.ExtraTest(main(b), "1\n")).toList();
    return new RuntimeItem(id, source, "java.lang.Error", "1\n", id, "problem-" + id, tests);
  }

  private static String main(String body) {
    return "public class Main { public static void main(String[] a) { " + body + " } }";
  }

  @Test
  void scoresByOutputExceptionAndTime() {
    String good = "System.out.println(P.f());";
    List<RuntimeItem> items =
        List.of(
            item("right", good, good),
            item("lucky", good, "System.out.println(2);"),
            item("wrong", "System.out.println(2);"),
            item("raises", "System.out.println(1); throw new Error();"),
            item("endless", "System.out.println(1); while (true) {}"));
    HealerSetting typed = new HealerSetting("typed", 0.0, null, null);

    List<Attempt> attempts = benchmark.attempts(items, item -> typed, true);

    assertThat(attempts)
        .extracting(Attempt::outcome)
        .containsExactly(
            Outcome.CORRECT, Outcome.CORRECT, Outcome.WRONG, Outcome.FAIL, Outcome.FAIL);
    assertThat(attempts)
        .extracting(Attempt::generalizes)
        .containsExactly(true, false, null, null, null);
    RuntimeReport report = new RuntimeReport(attempts, 3, "typed", 0.0, "typed", Map.of(), true);
    assertThat(report.json())
        .containsOnlyKeys(
            "items",
            "healed",
            "correct",
            "proceed",
            "wrong",
            "fail",
            "generalizes",
            "ceiling",
            "mode",
            "perCluster",
            "perException",
            "baselines",
            "decisionMs")
        .containsEntry("items", 5)
        .containsEntry("healed", 5)
        .containsEntry("correct", 2)
        .containsEntry("proceed", 3)
        .containsEntry("wrong", 1)
        .containsEntry("fail", 2)
        .containsEntry("generalizes", 0.5)
        .containsEntry("ceiling", 3);
  }

  @Test
  void withoutHealingNothingIsJournaled() {
    Attempt attempt =
        benchmark
            .attempts(
                List.of(item("a", "System.out.println(1);")),
                item -> HealerSetting.baseline("none"),
                false)
            .get(0);
    assertThat(attempt.healed()).isFalse();
  }

  @Test
  void aProgramThatDoesNotCompileIsNamed() {
    RuntimeItem broken = item("broken", "int x = ;");
    HealerSetting none = HealerSetting.baseline("none");
    assertThatThrownBy(() -> benchmark.attempts(List.of(broken), item -> none, false))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("broken does not compile");
  }
}
