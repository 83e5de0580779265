package dev.fettle.cli.repair;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateVerdict;
import dev.fettle.contract.model.ProbedPlace;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialProgram;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateBench;
import dev.fettle.contract.spi.CandidateLaboratory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A laboratory that hides passing tests which cannot judge candidates: those that fail there
 * without a change, which would refuse every candidate, and those that take so many steps that
 * candidates which never end cost seconds each. They decide later, when patches are confirmed.
 */
final class AgreeingLaboratory implements CandidateLaboratory {
  private static final long CHEAP = 300_000;

  /**
   * Batches are judged in pieces that grow while they are done in less than this and shrink when
   * they take twice as long, so that a search ends in time. What a piece costs before its first
   * candidate runs (compiling, loading) must not make it small.
   */
  private static final double PIECE_NANOS = 4e9;

  private static final int FIRST_PIECE = 60;
  private static final int SMALLEST_PIECE = 10;

  private final CandidateLaboratory laboratory;
  private final int failing;
  private final BooleanSupplier ended;
  private int hidden;

  /**
   * @param failing so many tests, the first ones, are to be repaired and never hidden
   * @param ended whether no time is left: what was not judged until then gets no verdict
   */
  AgreeingLaboratory(CandidateLaboratory laboratory, int failing, BooleanSupplier ended) {
    this.laboratory = laboratory;
    this.failing = failing;
    this.ended = ended;
  }

  /** How many tests of the program opened last are not asked. */
  int hidden() {
    return hidden;
  }

  @Override
  public CandidateBench open(TrialProgram program) throws CandidateBench.Unusable {
    CandidateBench bench = laboratory.open(program);
    List<Integer> kept = kept(bench.baseline().runs());
    hidden = bench.baseline().runs().size() - kept.size();
    return new Selected(bench, kept, ended);
  }

  private List<Integer> kept(List<TrialBaseline.Run> runs) {
    long most = CHEAP;
    for (TrialBaseline.Run run : runs.subList(0, Math.min(failing, runs.size()))) {
      if (run.end() != TrialBaseline.End.EXHAUSTED) {
        most = Math.max(most, 3 * run.steps());
      }
    }
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      TrialBaseline.Run run = runs.get(i);
      boolean judges = run.end() == TrialBaseline.End.PASSED && run.steps() <= most;
      if (i < failing ? !notRun(run) : judges) {
        kept.add(i);
      }
    }
    return kept;
  }

  /** Such a failing test would refuse every candidate; it decides when patches are confirmed. */
  private static boolean notRun(TrialBaseline.Run run) {
    return run.failure().filter(f -> f.type().equals("dev.fettle.lab.search.NotRun")).isPresent();
  }

  /** A bench of which some tests are seen, under numbers of their own. */
  private static final class Selected implements CandidateBench {
    private final CandidateBench bench;
    private final List<Integer> kept;
    private final BooleanSupplier ended;
    private int piece = FIRST_PIECE;

    Selected(CandidateBench bench, List<Integer> kept, BooleanSupplier ended) {
      this.bench = bench;
      this.kept = kept;
      this.ended = ended;
    }

    @Override
    public TrialBaseline baseline() {
      return new TrialBaseline(kept.stream().map(bench.baseline().runs()::get).toList());
    }

    @Override
    public List<CandidateVerdict> judge(
        CandidateBatch batch, List<Integer> tests, int always, long steps) throws Unusable {
      List<Integer> asked = tests.stream().map(kept::get).toList();
      List<Integer> all = batch.candidates();
      List<CandidateVerdict> verdicts = new ArrayList<>();
      for (int from = 0; from < all.size() && !ended.getAsBoolean(); ) {
        int to = Math.min(all.size(), from + piece);
        long begin = System.nanoTime();
        CandidateBatch some = new CandidateBatch(batch.files(), all.subList(from, to));
        try {
          for (CandidateVerdict v : bench.judge(some, asked, always, steps)) {
            verdicts.add(
                new CandidateVerdict(v.candidate(), v.end(), seen(v.passed()), seen(v.threw())));
          }
        } catch (Unusable e) {
          if (ended.getAsBoolean()) {
            return verdicts; // an interrupted terminal ends the children too
          }
          throw e;
        }
        double nanos = System.nanoTime() - begin;
        if (nanos < PIECE_NANOS) {
          piece = Math.min(2 * piece, 10_000);
        } else if (nanos > 2 * PIECE_NANOS) {
          piece = Math.max(SMALLEST_PIECE, piece / 2);
        }
        from = to;
      }
      return verdicts;
    }

    private List<Integer> seen(List<Integer> tests) {
      return tests.stream().map(kept::indexOf).toList();
    }

    @Override
    public Map<Integer, List<String>> behave(
        CandidateBatch batch, List<? extends TrialTest> inputs, long steps) throws Unusable {
      return bench.behave(batch, inputs, steps);
    }

    @Override
    public List<ProbedPlace> explore(
        CandidateBatch batch, List<Integer> passing, List<Integer> failing, long steps)
        throws Unusable {
      if (ended.getAsBoolean()) {
        return List.of();
      }
      return bench
          .explore(
              batch,
              passing.stream().map(kept::get).toList(),
              failing.stream().map(kept::get).toList(),
              steps)
          .stream()
          .map(p -> new ProbedPlace(p.candidate(), seen(p.repaired()), renumbered(p)))
          .toList();
    }

    private List<ProbedPlace.Sample> renumbered(ProbedPlace place) {
      return place.samples().stream()
          .map(
              s ->
                  new ProbedPlace.Sample(
                      kept.indexOf(s.test()), s.way(), s.asked(), s.used(), s.values()))
          .toList();
    }

    @Override
    public Spent spent() {
      return bench.spent();
    }

    @Override
    public long cpuNanos() {
      return bench.cpuNanos();
    }

    @Override
    public void close() {
      bench.close();
    }
  }
}
