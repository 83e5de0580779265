package dev.fettle.bench.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.TrialTest;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.search.OperatorPrior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRunTest {
  @TempDir Path directory;

  @Test
  void repairsProgramsInOneWarmLaboratory() throws IOException {
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      DataRun run =
          new DataRun(
              sandbox.candidates(),
              Files.createDirectories(directory.resolve("item")),
              Path.of(System.getProperty("java.home")),
              Duration.ofSeconds(20),
              OperatorPrior.bundled());

      Outcome raises =
          run.repair(
              item(
                  "int sum(int[] a) { int s = 0; for (int i = 0; i <= a.length; i++) s += a[i]; return s; }",
                  List.of(test("sum(new int[] {4, 5})", "9"), test("sum(new int[] {})", "0")),
                  List.of(test("sum(new int[] {4, 5, 6})", "15"))));
      Outcome loops =
          run.repair(
              item(
                  "static int calls; int half(int n) { calls++; int h = 0; while (n > 1) { n += 2; h++; } return h + calls - 1; }",
                  List.of(test("half(6)", "2"), test("half(1)", "0")),
                  List.of(test("half(9)", "3"))));

      assertThat(raises.correct()).as("%s", raises).isTrue();
      assertThat(loops.correct()).as("%s", loops).isTrue();
    }
  }

  private static Item item(
      String method, List<TrialTest.MainOutput> visible, List<TrialTest.MainOutput> hidden) {
    return new Item(
        "one", "wrong", "class Solution {\n  " + method + "\n}\n", visible, hidden, 1, "", "", "");
  }

  private static TrialTest.MainOutput test(String call, String printed) {
    return new TrialTest.MainOutput(
        call,
        "Main",
        "public class Main { public static void main(String[] args) { System.out.println(new Solution()."
            + call
            + "); } }",
        printed + "\n");
  }
}
