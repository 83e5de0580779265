package dev.fettle.contract.spi;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateVerdict;
import dev.fettle.contract.model.ProbedPlace;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialTest;
import java.util.List;
import java.util.Map;

/** A program that was prepared for judging candidates. Confined to one thread. */
public interface CandidateBench extends AutoCloseable {
  /** What the program does without a candidate. */
  TrialBaseline baseline();

  /**
   * Judges a batch; every candidate gets one verdict.
   *
   * @param tests indices into the program's tests, in the order of running
   * @param always so many of them run even when one fails; the rest ends at the first failure
   * @param steps method entries and backward jumps that each test may take
   */
  List<CandidateVerdict> judge(CandidateBatch batch, List<Integer> tests, int always, long steps)
      throws Unusable;

  /**
   * What candidates do, input by input. Of a main program, of whose input nobody need know the
   * right answer: what was printed and thrown, cut. Of a test method: a digest of what the methods
   * of the changed files returned, and how it ended. What was thrown follows a {@code !}. The
   * number 0 asks for the unchanged program.
   *
   * @return by candidate; those that the compiler refused or that got stuck are missing
   */
  Map<Integer, List<String>> behave(
      CandidateBatch batch, List<? extends TrialTest> inputs, long steps) throws Unusable;

  /**
   * What conditions would have to say at the places that candidates mark with calls of the
   * laboratory's probe, for failing tests to pass.
   *
   * @param passing indices of tests that pass without a candidate
   * @param failing indices of tests that fail without one
   * @param steps that each run may take
   * @return those that compiled and did not get stuck
   */
  List<ProbedPlace> explore(
      CandidateBatch batch, List<Integer> passing, List<Integer> failing, long steps)
      throws Unusable;

  /** What the laboratory spent its time on since this was opened, for measurements. */
  Spent spent();

  /**
   * Wall time, in nanoseconds.
   *
   * @param lost children that had to be replaced
   */
  record Spent(long compileNanos, long runNanos, int lost) {}

  /** CPU time of the laboratory's children since this was opened, in nanoseconds. */
  long cpuNanos();

  @Override
  void close();

  /** The program cannot be judged; the message says why. */
  final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    public Unusable(String message) {
      super(message);
    }
  }
}
