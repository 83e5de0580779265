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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchEngineTest {
  private static final String SOURCE =
      "class A {\n  int f(int a, int b) {\n    if (a < b) {\n      return a + 1;\n    }\n    return b;\n  }\n}\n";

  @Test
  void keepsWhatPassedWhereTheLaboratoryIsLostLater() {
    SearchReport report = search(new LostAfterOneBatch(false));

    assertThat(report.patches()).hasSize(1);
    assertThat(report.note()).isEqualTo("the laboratory was lost");
  }

  @Test
  void keepsWhatPassedWhereTheSearchItselfBreaks() {
    SearchReport report = search(new LostAfterOneBatch(true));

    assertThat(report.patches()).hasSize(1);
    assertThat(report.note()).startsWith("the search broke").contains("no such tree");
  }

  private static SearchReport search(CandidateBench bench) {
    OneFile file = new OneFile("A.java", SOURCE);
    TrialProgram program =
        new TrialProgram(
            OneFile.model(),
            OneFile.model().modules().get(0),
            Map.of("A.java", SOURCE),
            List.of(new TrialTest.TestMethod("ATest", "a")));
    return new SearchEngine(p -> bench, OperatorPrior.bundled(), b -> 0)
        .search(
            new SearchTask(
                file.project(),
                program,
                List.of(new SuspectLine("A.java", 3, 1)),
                Duration.ofSeconds(1),
                1,
                3,
                () -> false),
            (phase, tried, plausible, spent) -> {});
  }

  /** Lets the least likely candidate of a batch pass, then breaks. */
  private static final class LostAfterOneBatch implements CandidateBench {
    private final boolean throwing;
    private boolean asked;

    LostAfterOneBatch(boolean throwing) {
      this.throwing = throwing;
    }

    @Override
    public TrialBaseline baseline() {
      return new TrialBaseline(
          List.of(
              new TrialBaseline.Run(TrialBaseline.End.FAILED, 10, Map.of(), Optional.empty(), "")));
    }

    @Override
    public List<CandidateVerdict> judge(
        CandidateBatch batch, List<Integer> tests, int always, long steps) throws Unusable {
      if (asked && throwing) {
        throw new IllegalStateException("no such tree");
      } else if (asked) {
        throw new Unusable("the laboratory was lost");
      }
      asked = true;
      return batch.candidates().stream()
          .map(c -> new CandidateVerdict(c, end(c, batch), List.of(), List.of()))
          .toList();
    }

    private static CandidateVerdict.End end(int candidate, CandidateBatch batch) {
      return candidate == batch.candidates().size()
          ? CandidateVerdict.End.PASSED
          : CandidateVerdict.End.FAILED;
    }

    @Override
    public Map<Integer, List<String>> behave(
        CandidateBatch batch, List<? extends TrialTest> inputs, long steps) {
      return Map.of();
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

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void newLinesLookLikeTheLinesAroundThem(String end) {
    String source = String.join(end, "class A {", "  int f(int a) {", "    return a;", "  }", "}");
    Unit unit = Unit.of(new OneFile("A.java", source).open());
    int at = source.indexOf("return");
    Proposal guard =
        new Proposal("A.java", List.of(new Edit(at, at, "if (a > 1) return 1;\n")), "test", 1);
    int close = at + "return a;".length();
    Proposal wrapped =
        new Proposal(
            "A.java",
            List.of(new Edit(at, at, "if (a > 1) {\n"), new Edit(close, close, "\n}")),
            "test",
            1);

    assertThat(SearchEngine.patch(unit, guard).apply("A.java", source))
        .contains("{" + end + "    if (a > 1) return 1;" + end + "    return a;" + end + "  }");
    assertThat(SearchEngine.patch(unit, wrapped).apply("A.java", source))
        .contains("    if (a > 1) {" + end + "        return a;" + end + "    }" + end + "  }");
  }
}
