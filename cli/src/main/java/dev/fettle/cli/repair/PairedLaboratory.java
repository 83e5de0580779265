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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A laboratory that judges with two children side by side, each half of a batch. The second one is
 * prepared while the first already works. Verdicts are the same as those of one.
 */
final class PairedLaboratory implements CandidateLaboratory {
  /** Below this, what a child does before the first candidate runs is most of the work. */
  private static final int WORTH_IT = 30;

  private final CandidateLaboratory laboratory;

  PairedLaboratory(CandidateLaboratory laboratory) {
    this.laboratory = laboratory;
  }

  @Override
  public CandidateBench open(TrialProgram program) throws CandidateBench.Unusable {
    CandidateBench first = laboratory.open(program);
    return new Pair(first, aside(() -> opened(program)));
  }

  private CandidateBench opened(TrialProgram program) {
    try {
      return laboratory.open(program);
    } catch (CandidateBench.Unusable e) {
      throw new CompletionException(e);
    }
  }

  /** On a thread of its own: the common pool may have none. */
  private static <T> CompletableFuture<T> aside(Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work,
        task -> {
          Thread thread = new Thread(task, "fettle-second-child");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Two benches of one program. */
  private static final class Pair implements CandidateBench {
    private final CandidateBench first;
    private final CompletableFuture<CandidateBench> second;
    private boolean alone;

    Pair(CandidateBench first, CompletableFuture<CandidateBench> second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public TrialBaseline baseline() {
      return first.baseline();
    }

    @Override
    public List<CandidateVerdict> judge(
        CandidateBatch batch, List<Integer> tests, int always, long steps) throws Unusable {
      CandidateBench other = other();
      if (other == null || batch.candidates().size() < WORTH_IT) {
        return first.judge(batch, tests, always, steps);
      }
      CandidateBatch mine = every(batch, 0);
      CandidateBatch others = every(batch, 1);
      CompletableFuture<List<CandidateVerdict>> beside =
          aside(
              () -> {
                try {
                  return other.judge(others, tests, always, steps);
                } catch (Unusable e) {
                  throw new CompletionException(e);
                }
              });
      List<CandidateVerdict> all = new ArrayList<>(first.judge(mine, tests, always, steps));
      try {
        all.addAll(beside.join());
      } catch (CompletionException e) {
        alone = true; // it was lost too often
        all.addAll(first.judge(others, tests, always, steps));
      }
      all.sort(Comparator.comparingInt(v -> batch.candidates().indexOf(v.candidate())));
      return all;
    }

    /** The second bench when it is ready and of the same mind; null otherwise. */
    private @Nullable CandidateBench other() {
      if (alone || !second.isDone() || second.isCompletedExceptionally()) {
        return null;
      }
      CandidateBench bench = second.join();
      List<TrialBaseline.End> ends = ends(first);
      alone = !ends.equals(ends(bench));
      return alone ? null : bench;
    }

    private static List<TrialBaseline.End> ends(CandidateBench bench) {
      return bench.baseline().runs().stream().map(TrialBaseline.Run::end).toList();
    }

    private static CandidateBatch every(CandidateBatch batch, int remainder) {
      List<Integer> half = new ArrayList<>();
      for (int i = remainder; i < batch.candidates().size(); i += 2) {
        half.add(batch.candidates().get(i));
      }
      return new CandidateBatch(batch.files(), half);
    }

    @Override
    public Map<Integer, List<String>> behave(
        CandidateBatch batch, List<? extends TrialTest> inputs, long steps) throws Unusable {
      return first.behave(batch, inputs, steps);
    }

    @Override
    public List<ProbedPlace> explore(
        CandidateBatch batch, List<Integer> passing, List<Integer> failing, long steps)
        throws Unusable {
      return first.explore(batch, passing, failing, steps);
    }

    @Override
    public Spent spent() {
      Spent one = first.spent();
      CandidateBench other = other();
      Spent two = other == null ? new Spent(0, 0, 0) : other.spent();
      return new Spent(
          one.compileNanos() + two.compileNanos(),
          one.runNanos() + two.runNanos(),
          one.lost() + two.lost());
    }

    @Override
    public long cpuNanos() {
      CandidateBench other = other();
      return first.cpuNanos() + (other == null ? 0 : other.cpuNanos());
    }

    @Override
    public void close() {
      first.close();
      second.thenAccept(CandidateBench::close);
    }
  }
}
