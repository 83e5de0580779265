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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataRunTest {
  @TempDir Path directory;
  private @Nullable Sandbox sandbox;

  @Test
  void repairsProgramsInOneWarmLaboratory() throws IOException {
    try (Sandbox sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED)) {
      DataRun run =
          new DataRun(
              sandbox.candidates(),
              Files.createDirectories(directory.resolve("item")),
              Path.of(System.getProperty("java.home")),
              DataRun.Budget.of(Duration.ofSeconds(20)),
              item -> OperatorPrior.bundled());

      Outcome raises =
          run.repair(
              item(
                  "int sum(int[] a) { int s = 0; for (int i = 0; i <= a.length; i++) s += a[i];"
                      + " return s; }",
                  List.of(test("sum(new int[] {4, 5})", "9"), test("sum(new int[] {})", "0")),
                  List.of(test("sum(new int[] {4, 5, 6})", "15"))));
      Outcome loops =
          run.repair(
              item(
                  "static int calls; int half(int n) { calls++; int h = 0; while (n > 1) { n += 2;"
                      + " h++; } return h + calls - 1; }",
                  List.of(test("half(6)", "2"), test("half(1)", "0")),
                  List.of(test("half(9)", "3"))));

      assertThat(raises.correct()).as("%s", raises).isTrue();
      assertThat(loops.correct()).as("%s", loops).isTrue();
    }
  }

  @Test
  void findsAConditionFromTheValuesThatWereSeen() throws IOException {
    Outcome guarded =
        run(new DataRun.Budget(Duration.ofSeconds(60), 4_000))
            .repair(
                item(
                    "int first(int[] a, int[] b, int from) { int best = -1;"
                        + " for (int i = from; i < a.length; i++) { best = a[i] * 3 + b[i] * 7; }"
                        + " return best; }",
                    List.of(
                        test("first(new int[] {1, 2, 5}, new int[] {1, 2, 3}, 0)", "10"),
                        test("first(new int[] {4, 2}, new int[] {1, 2}, 1)", "20"),
                        test("first(new int[] {1, 9, 4}, new int[] {3, 1, 2}, 1)", "34"),
                        test("first(new int[] {6}, new int[] {2}, 0)", "32")),
                    List.of(test("first(new int[] {2, 8, 8}, new int[] {1, 2, 1}, 0)", "13"))));

    assertThat(guarded.plausible()).as("%s", guarded).isTrue();
    assertThat(guarded.note()).containsPattern("places=[1-9]");
  }

  @Test
  void repeatsExactlyForABudgetOfCandidates() throws IOException {
    Item item =
        item(
            "int sum(int[] a) { int s = 1; for (int i = 1; i < a.length; i++) s += a[i]; return s;"
                + " }",
            List.of(test("sum(new int[] {4, 5})", "9"), test("sum(new int[] {})", "0")),
            List.of(test("sum(new int[] {4, 5, 6})", "15")));

    Outcome once = run(new DataRun.Budget(Duration.ofSeconds(60), 1_500)).repair(item);
    Outcome again = run(new DataRun.Budget(Duration.ofSeconds(60), 1_500)).repair(item);

    assertThat(once.tried()).isBetween(1L, 1_500L).isEqualTo(again.tried());
    assertThat(once.patches()).isEqualTo(again.patches());
  }

  private DataRun run(DataRun.Budget budget) throws IOException {
    return new DataRun(
        laboratory().candidates(),
        Files.createDirectories(directory.resolve("item")),
        Path.of(System.getProperty("java.home")),
        budget,
        item -> OperatorPrior.bundled());
  }

  private Sandbox laboratory() throws IOException {
    if (sandbox == null) {
      sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED);
    }
    return sandbox;
  }

  @AfterEach
  void closeLaboratory() {
    if (sandbox != null) {
      sandbox.close();
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
        "public class Main { public static void main(String[] args) { System.out.println(new"
            + " Solution()."
            + call
            + "); } }",
        printed + "\n");
  }
}
