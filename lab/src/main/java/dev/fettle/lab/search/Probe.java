package dev.fettle.lab.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What compiled probes call where a condition is asked or could be put: takes the values of what is
 * in scope, and may answer instead of the condition. Source of the idea: angelic values (Nopol;
 * Xuan et al. 2017). Static because compiled code under test can reach nothing else. One run at a
 * time; threads that code under test starts only make samples inexact.
 */
public final class Probe {
  /** More evaluations of one run are answered, but not sampled. */
  private static final int SAMPLES = 64;

  /** More values of one evaluation are not taken. */
  private static final int COLUMNS = 512;

  private static final long[] NOT_TAKEN = {};

  private static Schedule schedule = Schedule.NONE;
  private static int evaluations;
  private static final List<Sample> TAKEN = new ArrayList<>();
  private static final Deque<Sample> OPEN = new ArrayDeque<>();

  private Probe() {}

  /**
   * Which evaluations are answered, counted from 0: from {@code from} to before {@code to}.
   *
   * @param answer what they are answered
   */
  record Schedule(int from, int to, boolean answer) {
    static final Schedule NONE = new Schedule(0, 0, false);

    boolean answers(int evaluation) {
      return from <= evaluation && evaluation < to;
    }
  }

  /** One evaluation. Confined to the running thread. */
  static final class Sample {
    private final long[] values;
    private final BitSet known = new BitSet();
    private final @Nullable Boolean forced;
    private @Nullable Boolean asked;

    Sample(@Nullable Boolean forced, boolean taken) {
      this.forced = forced;
      this.values = taken ? new long[COLUMNS] : NOT_TAKEN;
    }

    /** The value of a column; meaningful where {@link #known} has it. */
    long value(int column) {
      return values[column];
    }

    /** Columns whose expressions did not throw. */
    BitSet known() {
      return known;
    }

    /** What the condition itself said; null when it was not asked, or threw. */
    @Nullable Boolean asked() {
      return asked;
    }

    /** What the run went on with; null when the condition threw. */
    @Nullable Boolean used() {
      return forced == null ? asked : forced;
    }
  }

  static void begin(Schedule wanted) {
    schedule = wanted;
    evaluations = 0;
    TAKEN.clear();
    OPEN.clear();
  }

  /** Evaluations since the beginning. */
  static int evaluations() {
    return evaluations;
  }

  /** The first ones, in order. */
  static List<Sample> taken() {
    return List.copyOf(TAKEN);
  }

  /** An evaluation begins; whether its values are wanted. */
  public static boolean open() {
    int now = evaluations++;
    boolean answers = schedule.answers(now);
    boolean taken = now < SAMPLES;
    Sample sample = new Sample(answers ? schedule.answer() : null, taken);
    OPEN.push(sample);
    if (taken) {
      TAKEN.add(sample);
    }
    return taken;
  }

  /** A whole number in scope. */
  public static void is(int column, long value) {
    Sample sample = OPEN.peek();
    if (sample != null && column >= 0 && column < sample.values.length) {
      sample.values[column] = value;
      sample.known.set(column);
    }
  }

  /** Something that holds or not. */
  public static void is(int column, boolean value) {
    is(column, value ? 1 : 0);
  }

  /** Whether the condition is answered instead of asked. */
  public static boolean forced() {
    Sample sample = OPEN.peek();
    if (sample == null || sample.forced == null) {
      return false;
    }
    OPEN.pop();
    return true;
  }

  /** The answer when there is one. */
  public static boolean answer() {
    return schedule.answer();
  }

  /** The evaluation that asks now: conditions may ask others while they are evaluated. */
  public static Object asking() {
    Sample sample = OPEN.poll();
    return sample == null ? new Sample(null, false) : sample;
  }

  /** What the condition said. */
  public static boolean asked(Object evaluation, boolean said) {
    if (evaluation instanceof Sample sample) {
      sample.asked = said;
    }
    return said;
  }
}
