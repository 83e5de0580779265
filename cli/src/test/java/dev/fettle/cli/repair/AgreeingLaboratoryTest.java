package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateVerdict;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.ProbedPlace;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialBaseline.End;
import dev.fettle.contract.model.TrialBaseline.Run;
import dev.fettle.contract.model.TrialProgram;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateBench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgreeingLaboratoryTest {
  /** Test 0 is to be repaired; 1 fails here only, 2 never seems to end, 3 is a good judge. */
  private static final CandidateBatch BATCH = new CandidateBatch(List.of(), List.of(1));

  private static final List<Run> RUNS =
      List.of(run(End.FAILED, 50), run(End.FAILED, 60), run(End.PASSED, 9_000_000), passing());

  @Test
  void hidesPassingTestsThatCannotJudge() throws CandidateBench.Unusable {
    AgreeingLaboratory laboratory = laboratory(false);

    CandidateBench bench = laboratory.open(program());

    assertThat(bench.baseline().runs()).containsExactly(RUNS.get(0), RUNS.get(3));
    assertThat(laboratory.hidden()).isEqualTo(2);
  }

  @Test
  void hidesFailingTestsThatTheLaboratoryCannotRun() throws CandidateBench.Unusable {
    CapturedException notRun =
        new CapturedException("dev.fettle.lab.search.NotRun", "no test ran", List.of(), null);
    Run unknown = new Run(End.FAILED, 0, Map.of(), Optional.of(notRun), "");
    AgreeingLaboratory laboratory =
        new AgreeingLaboratory(
            program -> new Bench(List.of(unknown, RUNS.get(0), RUNS.get(3))), 2, () -> false);

    CandidateBench bench = laboratory.open(program());

    assertThat(bench.baseline().runs()).containsExactly(RUNS.get(0), RUNS.get(3));
  }

  @Test
  void translatesTheNumbersOfTests() throws CandidateBench.Unusable {
    CandidateBench bench = laboratory(false).open(program());

    List<CandidateVerdict> verdicts = bench.judge(BATCH, List.of(0, 1), 1, 100);

    assertThat(verdicts)
        .containsExactly(
            new CandidateVerdict(1, CandidateVerdict.End.PASSED, List.of(0, 1), List.of()));
  }

  @Test
  void judgesNothingWhenNoTimeIsLeft() throws CandidateBench.Unusable {
    CandidateBench bench = laboratory(true).open(program());

    assertThat(bench.judge(BATCH, List.of(0, 1), 1, 100)).isEmpty();
  }

  private static AgreeingLaboratory laboratory(boolean ended) {
    return new AgreeingLaboratory(program -> new Bench(RUNS), 1, () -> ended);
  }

  private static Run passing() {
    return run(End.PASSED, 70);
  }

  private static Run run(End end, long steps) {
    return new Run(end, steps, Map.of(), Optional.empty(), "");
  }

  private static TrialProgram program() {
    ProjectModel project =
        new ProjectModel(
            Path.of("/tree"), ProjectModel.BuildTool.PLAIN, Path.of("/jdk"), List.of(module()));
    return new TrialProgram(
        project,
        project.modules().get(0),
        Map.of("A.java", "class A {}"),
        List.of(new TrialTest.TestMethod("ATest", "a")));
  }

  private static ProjectModel.Module module() {
    Path tree = Path.of("/tree");
    return new ProjectModel.Module(
        "main",
        "",
        List.of(tree),
        List.of(tree),
        tree,
        tree,
        List.of(),
        List.of(),
        List.of(),
        17,
        List.of(),
        new ProjectModel.TestSettings(
            List.of(), List.of(), List.of(), List.of(), List.of(), "", ""));
  }

  /** Passes whatever it is asked, by its own numbers. */
  private record Bench(List<Run> runs) implements CandidateBench {
    @Override
    public TrialBaseline baseline() {
      return new TrialBaseline(runs);
    }

    @Override
    public List<CandidateVerdict> judge(
        CandidateBatch batch, List<Integer> tests, int always, long steps) {
      assertThat(tests).containsExactly(0, 3);
      return List.of(new CandidateVerdict(1, CandidateVerdict.End.PASSED, tests, List.of()));
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
}
