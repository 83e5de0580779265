package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateVerdict;
import dev.fettle.contract.model.ProbedPlace;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialProgram;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateBench;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final String SOURCE =
      "class A {\n  int f(int a, int b) {\n    if (a < b) {\n      return a + 1;\n    }\n    return b;\n  }\n}\n";

  private static final List<String> BEFORE = List.of("1!java.lang.AssertionError", "a");

  @Test
  void prefersWhatLeavesPassingTestsAsTheyAreAndNamesTheTestThatTells() {
    Proposal changing = replacing("a < b", "a <= b", "relational.boundary", 3.0);
    Proposal preserving = replacing("a + 1", "a + 2", "constant.neighbor", 3.4);
    Told bench = new Told(List.of(BEFORE, List.of("2", "b"), List.of("2", "a")));

    List<RankedPatch> ranked = rank(bench, List.of(changing, preserving));

    assertThat(ranked)
        .extracting(p -> p.candidate().patch().apply("A.java", SOURCE))
        .first()
        .asString()
        .contains("return a + 2;");
    assertThat(ranked.get(0).distinguishingInput().orElseThrow()).contains("ATest#green");
  }

  @Test
  void prefersFewerChanges() {
    Proposal one = replacing("a < b", "a <= b", "relational.boundary", 3.5);
    Proposal two =
        new Proposal(
            "A.java",
            List.of(edit("a < b", "a > b"), edit("a + 1", "a - 1")),
            "relational.mirror+arithmetic.sign",
            2.0);
    Told bench = new Told(List.of(BEFORE, List.of("2", "a"), List.of("3", "a")));

    List<RankedPatch> ranked = rank(bench, List.of(two, one));

    assertThat(ranked.get(0).candidate().patch().replacements()).hasSize(1);
  }

  @Test
  void tellsWhatOnlyDeletesLast() {
    Proposal deleting = replacing("return a + 1;", "", "statement.delete", 3.0);
    Proposal other = replacing("a < b", "a <= b", "relational.boundary", 3.5);
    Told bench = new Told(List.of(BEFORE, List.of("2", "a"), List.of("3", "a")));

    List<RankedPatch> ranked = rank(bench, List.of(deleting, other));

    assertThat(ranked.get(0).candidate().generator()).isEqualTo("search/relational.boundary");
  }

  private static Proposal replacing(String old, String text, String operator, double cost) {
    return new Proposal("A.java", List.of(edit(old, text)), operator, cost);
  }

  private static Edit edit(String old, String text) {
    int at = SOURCE.indexOf(old);
    return new Edit(at, at + old.length(), text);
  }

  private static List<RankedPatch> rank(CandidateBench bench, List<Proposal> plausible) {
    OneFile file = new OneFile("A.java", SOURCE);
    TrialProgram program =
        new TrialProgram(
            OneFile.model(),
            OneFile.model().modules().get(0),
            Map.of("A.java", SOURCE),
            List.of(
                new TrialTest.TestMethod("ATest", "red"),
                new TrialTest.TestMethod("ATest", "green")));
    SearchTask task =
        new SearchTask(
            file.project(), program, List.of(), Duration.ofSeconds(1), 1, 3, () -> false);
    Map<String, Unit> units = Map.of("A.java", Unit.of(file.open()));
    return new Ranking(task, bench, units, new BatchText(units), 1000, Map.of(), () -> true)
        .rank(plausible);
  }

  /** Tells what candidates do, the unchanged program first. */
  private record Told(List<List<String>> outcomes) implements CandidateBench {
    @Override
    public TrialBaseline baseline() {
      return new TrialBaseline(
          List.of(run(TrialBaseline.End.FAILED), run(TrialBaseline.End.PASSED)));
    }

    private static TrialBaseline.Run run(TrialBaseline.End end) {
      return new TrialBaseline.Run(end, 10, Map.of(), Optional.empty(), "");
    }

    @Override
    public List<CandidateVerdict> judge(
        CandidateBatch batch, List<Integer> tests, int always, long steps) {
      return List.of();
    }

    @Override
    public Map<Integer, List<String>> behave(
        CandidateBatch batch, List<? extends TrialTest> inputs, long steps) {
      assertThat(inputs).hasSize(2);
      Map<Integer, List<String>> told = new HashMap<>();
      for (int i = 0; i < outcomes.size(); i++) {
        told.put(i, outcomes.get(i));
      }
      return told;
    }

    @Override
    public List<ProbedPlace> explore(
        CandidateBatch batch, List<Integer> passing, List<Integer> failing, long steps) {
      return List.of();
    }

    @Override
    public Spent spent() {
      return new Spent(0, 0, 0);
    }

    @Override
    public long cpuNanos() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
