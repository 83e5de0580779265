package dev.fettle.bench.repair;

import dev.fettle.search.PredicateSpace;
import dev.fettle.search.PredicateSpace.Column;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Candidates per CPU second by strategy, and conditions per CPU second. */
public final class SpeedReport {
  private static final int JAVAC_WARM = 60;
  private static final int JAVAC_MEASURED = 60;
  private static final int COLUMNS = 12;
  private static final int SAMPLES = 64;
  private static final long PREDICATE_NANOS = 3_000_000_000L;

  private final Map<String, Object> result = new LinkedHashMap<>();

  /** Measures; takes what {@code run}'s budget is for each of five programs. */
  public void measure(DataRun run, PrintWriter progress) {
    List<Item> programs = SpeedPrograms.all();
    run.repair(programs.get(0)); // the laboratory starts and warms up
    long tried = 0;
    long refused = 0;
    long cpu = 0;
    List<Object> each = new ArrayList<>();
    for (Item program : programs) {
      Outcome outcome = run.repair(program);
      tried += outcome.tried();
      refused += outcome.refused();
      cpu += outcome.cpuNanos();
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("program", program.id());
      one.put("candidates", outcome.tried());
      one.put("refused", outcome.refused());
      one.put("cpuSeconds", rounded(outcome.cpuNanos() / 1e9));
      one.put("perCpuSecond", Math.round(outcome.tried() * 1e9 / outcome.cpuNanos()));
      each.add(one);
      progress.println(one + " " + outcome.note());
      progress.flush();
    }
    long javac = 0;
    JavacOneByOne classical = new JavacOneByOne();
    for (Item program : programs) {
      classical.cpuNanos(program, JAVAC_WARM / programs.size());
    }
    for (Item program : programs) {
      javac += classical.cpuNanos(program, JAVAC_MEASURED / programs.size());
    }
    double clones = tried * 1e9 / cpu;
    double oneByOne = JAVAC_MEASURED * 1e9 / javac;
    Map<String, Object> strategies = new LinkedHashMap<>();
    strategies.put("cloneBatches", strategy(tried, cpu, each));
    strategies.put("javacOneByOne", strategy(JAVAC_MEASURED, javac, List.of()));
    result.put("candidatesPerCpuSecond", Math.round(clones));
    result.put("refused", refused);
    result.put("timesJavacOneByOne", rounded(clones / oneByOne));
    result.put("predicatesPerCpuSecond", predicates());
    result.put("strategies", strategies);
  }

  private static Map<String, Object> strategy(long candidates, long cpu, List<Object> each) {
    Map<String, Object> strategy = new LinkedHashMap<>();
    strategy.put("candidates", candidates);
    strategy.put("cpuSeconds", rounded(cpu / 1e9));
    strategy.put("perCpuSecond", Math.round(candidates * 1e9 / cpu));
    if (!each.isEmpty()) {
      strategy.put("programs", each);
    }
    return strategy;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** Random values, which are the worst case for finding conditions that answer alike. */
  private static long predicates() {
    Random random = new Random(1);
    long enumerated = 0;
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long spent = 0;
    while (spent < PREDICATE_NANOS) {
      List<Column> columns = new ArrayList<>();
      for (int c = 0; c < COLUMNS; c++) {
        boolean truth = c % 4 == 3;
        long[] values = random.longs(SAMPLES, 0, truth ? 2 : 20).toArray();
        columns.add(new Column("v" + c, truth ? Column.Kind.TRUTH : Column.Kind.NUMBER, values));
      }
      PredicateSpace space = new PredicateSpace(SAMPLES, 200_000);
      space.enumerate(columns);
      enumerated += space.enumerated();
      spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    }
    return Math.round(enumerated * 1e9 / spent);
  }

  /** As one JSON object. */
  public Map<String, Object> json() {
    return result;
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    result.forEach((k, v) -> text.append(String.format(Locale.ROOT, "%s: %s%n", k, v)));
    return text.toString();
  }
}
