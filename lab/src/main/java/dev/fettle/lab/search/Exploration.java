package dev.fettle.lab.search;

import dev.fettle.lab.protocol.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Runs tests at one place under schedules of answers: as it is, one evaluation turned, all from or
 * up to one answered alike. Confined to the running thread.
 */
final class Exploration {
  /** Evaluations that are turned one by one. */
  private static final int SINGLE = 16;

  /** Evaluations from and up to which all are answered alike. */
  private static final int RANGES = 6;

  private static final int WAYS = 3;
  private static final int SAMPLES = 300;

  private final Message.Explore request;
  private final IntPredicate passes;

  /**
   * @param passes runs a test and tells whether it passes
   */
  Exploration(Message.Explore request, IntPredicate passes) {
    this.request = request;
    this.passes = passes;
  }

  Message.ProbedPlace place(int candidate) {
    List<Message.ProbeSample> samples = new ArrayList<>();
    List<Integer> repaired = new ArrayList<>();
    for (int test : request.failing()) {
      if (repair(test, samples)) {
        repaired.add(test);
      }
    }
    if (!repaired.isEmpty()) {
      for (int test : request.passing()) {
        Probe.begin(Probe.Schedule.NONE);
        if (samples.size() < SAMPLES && passes.test(test)) {
          take(test, 0, samples);
        }
      }
    }
    return new Message.ProbedPlace(candidate, repaired, samples);
  }

  private boolean repair(int test, List<Message.ProbeSample> samples) {
    Probe.begin(Probe.Schedule.NONE);
    if (passes.test(test) || Probe.evaluations() == 0) {
      return false; // the marks alone changed something, or the place is not on the way
    }
    int way = 0;
    for (Probe.Schedule schedule : schedules(Probe.taken(), Probe.evaluations())) {
      Probe.begin(schedule);
      if (passes.test(test)) {
        take(test, ++way, samples);
        if (way == WAYS) {
          break;
        }
      }
    }
    return way > 0;
  }

  /** Those that change something, the smaller changes first. */
  private static List<Probe.Schedule> schedules(List<Probe.Sample> asIs, int evaluations) {
    List<Probe.Schedule> schedules = new ArrayList<>();
    int single = Math.min(SINGLE, evaluations);
    for (int i = single - 1; i >= 0; i--) { // what was asked last is nearest to the failure
      Boolean asked = asIs.get(i).asked();
      for (boolean answer : new boolean[] {true, false}) {
        if (asked == null || asked != answer) {
          schedules.add(new Probe.Schedule(i, i + 1, answer));
        }
      }
    }
    if (evaluations > SINGLE) {
      schedules.add(new Probe.Schedule(evaluations - 1, evaluations, true));
      schedules.add(new Probe.Schedule(evaluations - 1, evaluations, false));
    }
    for (boolean answer : new boolean[] {true, false}) {
      schedules.add(new Probe.Schedule(0, Integer.MAX_VALUE, answer));
      for (int i = 1; i < Math.min(RANGES, evaluations); i++) {
        schedules.add(new Probe.Schedule(i, Integer.MAX_VALUE, answer));
        schedules.add(new Probe.Schedule(0, i + 1, answer));
      }
    }
    return schedules;
  }

  private static void take(int test, int way, List<Message.ProbeSample> samples) {
    Set<String> seen = new HashSet<>();
    for (Probe.Sample sample : Probe.taken()) {
      BitSet known = sample.known();
      ByteBuffer values = ByteBuffer.allocate(8 * known.cardinality());
      for (int c = known.nextSetBit(0); c >= 0; c = known.nextSetBit(c + 1)) {
        values.putLong(sample.value(c));
      }
      Message.ProbeSample taken =
          new Message.ProbeSample(
              test,
              way,
              number(sample.asked()),
              number(sample.used()),
              known.toByteArray(),
              values.array());
      String key =
          taken.asked()
              + ":"
              + taken.used()
              + new String(taken.known(), StandardCharsets.ISO_8859_1)
              + ":"
              + new String(taken.values(), StandardCharsets.ISO_8859_1);
      if (seen.add(key)) {
        samples.add(taken);
      }
    }
  }

  private static int number(@org.jspecify.annotations.Nullable Boolean value) {
    return value == null ? -1 : value ? 1 : 0;
  }
}
