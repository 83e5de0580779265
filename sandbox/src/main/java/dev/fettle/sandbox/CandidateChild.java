package dev.fettle.sandbox;

import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.CandidateVerdict;
import dev.fettle.contract.model.ProbedPlace;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialProgram;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateBench;
import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A child with a prepared program. A child that is lost is replaced and prepared again. */
final class CandidateChild implements CandidateBench {
  /** A baseline test is an honest one: what takes longer than this is no use for a search. */
  private static final long BASE_STEPS = 30_000_000;

  private static final Duration PREPARE = Duration.ofMinutes(2);
  private static final Duration SILENCE = Duration.ofSeconds(40);
  private static final int LOSSES = 20;

  /** What an answer that is on its way may still take once the time is over. */
  private static final long GRACE_NANOS = 1_000_000_000L;

  private final CandidateChildren children;
  private final TrialProgram program;
  private final LongSupplier left;
  private @Nullable Worker worker;
  private TrialBaseline baseline = new TrialBaseline(List.of());
  private long cpuBefore = -1;
  private long cpuNow;
  private long cpuOfLost;
  private long heard;
  private int losses;
  private long compileNanos;
  private long runNanos;

  private CandidateChild(CandidateChildren children, TrialProgram program, LongSupplier left) {
    this.children = children;
    this.program = program;
    this.left = left;
  }

  /**
   * Opens one.
   *
   * @param left nanoseconds that its caller has
   */
  static CandidateChild open(CandidateChildren children, TrialProgram program, LongSupplier left)
      throws Unusable {
    CandidateChild child = new CandidateChild(children, program, left);
    try {
      child.prepare();
    } catch (Worker.Lost e) {
      child.close();
      throw new Unusable("the program could not be prepared: " + e.getMessage());
    }
    return child;
  }

  private Worker prepare() throws Unusable, Worker.Lost {
    long begin = System.nanoTime();
    try {
      Worker fresh = children.lend(program);
      worker = fresh;
      Message answer = fresh.ask(request(), atMost(PREPARE), event -> {});
      if (answer instanceof Message.Prepared prepared) {
        baseline = CandidateMessages.baseline(prepared);
        cpuBefore = Math.max(0, prepared.cpuNanos() - (System.nanoTime() - begin));
        heard(prepared.cpuNanos());
        return fresh;
      }
      String why =
          answer instanceof Message.Refused refused ? refused.diagnostics() : answer.toString();
      close();
      throw new Unusable(why);
    } catch (IOException e) {
      throw new Unusable("no child could be started: " + e.getMessage());
    }
  }

  /** No longer than the caller has time. */
  private Duration atMost(Duration most) {
    long nanos = Math.max(0, left.getAsLong());
    return nanos > most.toNanos() ? most : Duration.ofNanos(nanos + GRACE_NANOS);
  }

  private boolean over() {
    return left.getAsLong() <= 0;
  }

  private Message.Prepare request() {
    List<Message.Source> sources = new ArrayList<>();
    program.sources().forEach((path, text) -> sources.add(new Message.Source(path, text)));
    return new Message.Prepare(
        sources,
        program.tests().stream().map(CandidateMessages::spec).toList(),
        program.module().release(),
        BASE_STEPS);
  }

  @Override
  public TrialBaseline baseline() {
    return baseline;
  }

  @Override
  public List<CandidateVerdict> judge(
      CandidateBatch batch, List<Integer> tests, int always, long steps) throws Unusable {
    Map<Integer, CandidateVerdict> verdicts = new LinkedHashMap<>();
    List<Integer> open = new ArrayList<>(batch.candidates());
    while (!open.isEmpty()) {
      Message request =
          new Message.Judge(
              CandidateMessages.files(batch, new HashSet<>(open)), open, tests, always, steps);
      Worker asked = worker;
      try {
        if (asked == null) {
          asked = prepare();
        }
        Message answer =
            asked.askPatiently(request, atMost(SILENCE), event -> heard(event, verdicts));
        if (!(answer instanceof Message.Judged judged)) {
          throw broken(answer);
        }
        heard(judged.cpuNanos());
        compileNanos = judged.compileNanos();
        runNanos = judged.runNanos();
      } catch (Worker.Lost e) {
        lost(e, open, verdicts);
        if (over()) {
          break; // what has no verdict yet gets none
        }
      }
      int before = open.size();
      open.removeAll(verdicts.keySet());
      if (open.size() == before) {
        throw new Unusable("the laboratory made no progress");
      }
    }
    return List.copyOf(verdicts.values());
  }

  /** A child whose work broke is not lent again. */
  private Unusable broken(Message answer) {
    closeWorker();
    return new Unusable("the laboratory failed: " + answer);
  }

  private void lost(Worker.Lost loss, List<Integer> open, Map<Integer, CandidateVerdict> verdicts)
      throws Unusable {
    long used = cpuNow;
    if (open.stream().noneMatch(verdicts::containsKey)) {
      // Where the system does not say what a child used, it counts as busy since its last word.
      Worker lost = worker;
      OptionalLong counted = lost == null ? OptionalLong.empty() : lost.cpuAtKill();
      used = Math.max(used, counted.orElse(cpuNow + System.nanoTime() - heard));
    }
    closeWorker();
    cpuOfLost += Math.max(0, used - cpuBefore);
    cpuNow = 0;
    cpuBefore = 0;
    if (++losses > LOSSES) {
      throw new Unusable("the laboratory was lost " + losses + " times: " + loss.getMessage());
    }
    if (open.stream().noneMatch(verdicts::containsKey) && !over()) {
      int first = open.get(0);
      verdicts.put(
          first, new CandidateVerdict(first, CandidateVerdict.End.STUCK, List.of(), List.of()));
    }
  }

  @Override
  public Map<Integer, List<String>> behave(
      CandidateBatch batch, List<? extends TrialTest> inputs, long steps) throws Unusable {
    Set<Integer> all = new HashSet<>(batch.candidates());
    Message request =
        new Message.Behave(
            CandidateMessages.files(batch, all),
            batch.candidates(),
            inputs.stream().map(CandidateMessages::spec).toList(),
            steps);
    Worker asked = worker;
    try {
      if (asked == null && over()) {
        return Map.of();
      } else if (asked == null) {
        asked = prepare();
      }
      Message answer = asked.ask(request, atMost(SILENCE), event -> {});
      if (!(answer instanceof Message.Behaved behaved)) {
        throw broken(answer);
      }
      heard(behaved.cpuNanos());
      Map<Integer, List<String>> outcomes = new HashMap<>();
      behaved.behaviors().forEach(b -> outcomes.put(b.candidate(), b.outcomes()));
      return outcomes;
    } catch (Worker.Lost e) {
      lost(e, List.of(-1), new HashMap<>());
      return Map.of();
    }
  }

  @Override
  public List<ProbedPlace> explore(
      CandidateBatch batch, List<Integer> passing, List<Integer> failing, long steps)
      throws Unusable {
    Message request =
        new Message.Explore(
            CandidateMessages.files(batch, new HashSet<>(batch.candidates())),
            batch.candidates(),
            passing,
            failing,
            steps);
    Worker asked = worker;
    try {
      if (asked == null) {
        asked = prepare();
      }
      Message answer = asked.ask(request, atMost(SILENCE), event -> {});
      if (!(answer instanceof Message.Explored explored)) {
        throw broken(answer);
      }
      heard(explored.cpuNanos());
      return CandidateMessages.places(explored);
    } catch (Worker.Lost e) {
      lost(e, List.of(-1), new HashMap<>());
      return List.of();
    }
  }

  private void heard(Message event, Map<Integer, CandidateVerdict> verdicts) {
    CandidateMessages.collect(event, verdicts);
    if (event instanceof Message.Verdicts told) {
      heard(told.cpuNanos());
    }
  }

  private void heard(long cpuNanos) {
    cpuNow = cpuNanos;
    heard = System.nanoTime();
  }

  @Override
  public Spent spent() {
    return new Spent(compileNanos, runNanos, losses);
  }

  @Override
  public long cpuNanos() {
    return cpuOfLost + Math.max(0, cpuNow - cpuBefore);
  }

  private void closeWorker() {
    Worker lost = worker;
    worker = null;
    if (lost != null) {
      lost.close();
    }
  }

  @Override
  public void close() {
    Worker done = worker;
    worker = null;
    if (done != null) {
      children.giveBack(done, program);
    }
  }
}
