package dev.fettle.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All small conditions over recorded values, one for each behavior: conditions that answer alike on
 * all samples are one, written as the first that was built, which is the smallest. Source of the
 * idea: observational equivalence (Albarghouthi et al. 2013; Udupa et al. 2013). Confined to one
 * thread.
 */
public final class PredicateSpace {
  private final int samples;
  private final int words;
  private final int limit;
  private final List<Found> found = new ArrayList<>();
  private final Map<Answers, Integer> known = new HashMap<>();
  private long enumerated;

  /**
   * @param samples rows of values, at least one
   * @param limit of distinct conditions
   */
  public PredicateSpace(int samples, int limit) {
    if (samples < 1) {
      throw new IllegalArgumentException("a condition needs a sample");
    }
    this.samples = samples;
    this.words = (samples + 63) / 64;
    this.limit = limit;
  }

  /** A value in scope: its text and what it was in each sample. */
  public record Column(String text, Kind kind, long[] values) {
    /** What a value can be asked. */
    public enum Kind {
      NUMBER,
      /** 0 or 1. */
      TRUTH
    }
  }

  private static final class Answers {
    private final long[] bits;
    private final int hash;

    Answers(long[] bits) {
      this.bits = bits;
      this.hash = Arrays.hashCode(bits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Answers a && Arrays.equals(bits, a.bits);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private record Found(String text, long[] bits, int size) {}

  /** Builds conditions: comparisons of two values or with small constants, then pairs of them. */
  public void enumerate(List<Column> columns) {
    for (Column c : columns) {
      if (c.kind() == Column.Kind.TRUTH) {
        truth(c);
      }
    }
    List<Column> numbers = columns.stream().filter(c -> c.kind() == Column.Kind.NUMBER).toList();
    for (Column a : numbers) {
      for (long constant : new long[] {0, 1, -1, 2}) {
        compare(a.text(), a.values(), Long.toString(constant), constant, null, 2);
      }
    }
    for (int i = 0; i < numbers.size(); i++) {
      for (int j = i + 1; j < numbers.size(); j++) {
        Column a = numbers.get(i);
        Column b = numbers.get(j);
        compare(a.text(), a.values(), b.text(), 0, b.values(), 3);
        compare(a.text(), a.values(), b.text() + " + 1", 1, b.values(), 4);
        compare(a.text(), a.values(), b.text() + " - 1", -1, b.values(), 4);
      }
    }
    join();
  }

  /** Conditions that were built, equal ones counted as often as they were built. */
  public long enumerated() {
    return enumerated;
  }

  /** Conditions that answer differently on some sample. */
  public int distinct() {
    return found.size();
  }

  /** Those that answer as wanted on every sample, smallest first. */
  public List<String> answering(boolean[] wanted) {
    long[] bits = new long[words];
    for (int i = 0; i < samples; i++) {
      if (wanted[i]) {
        bits[i >> 6] |= 1L << i;
      }
    }
    Integer index = known.get(new Answers(bits));
    return index == null ? List.of() : List.of(found.get(index).text());
  }

  private void truth(Column c) {
    long[] bits = new long[words];
    for (int i = 0; i < samples; i++) {
      if (c.values()[i] != 0) {
        bits[i >> 6] |= 1L << i;
      }
    }
    add(c.text(), bits, 1);
    add("!" + c.text(), inverted(bits), 2);
  }

  private void compare(
      String left, long[] a, String right, long plus, long @Nullable [] b, int size) {
    long[] less = new long[words];
    long[] same = new long[words];
    for (int i = 0; i < samples; i++) {
      long other = b == null ? plus : b[i] + plus;
      long bit = 1L << i;
      if (a[i] < other) {
        less[i >> 6] |= bit;
      } else if (a[i] == other) {
        same[i >> 6] |= bit;
      }
    }
    long[] lessOrSame = new long[words];
    for (int w = 0; w < words; w++) {
      lessOrSame[w] = less[w] | same[w];
    }
    add(left, " < ", right, less, size);
    add(left, " <= ", right, lessOrSame, size);
    add(left, " == ", right, same, size);
    add(left, " != ", right, inverted(same), size);
    add(left, " > ", right, inverted(lessOrSame), size);
    add(left, " >= ", right, inverted(less), size);
  }

  private void join() {
    List<Found> atoms = List.copyOf(found);
    for (int i = 0; i < atoms.size(); i++) {
      for (int j = i + 1; j < atoms.size() && found.size() < limit; j++) {
        Found a = atoms.get(i);
        Found b = atoms.get(j);
        long[] and = new long[words];
        long[] or = new long[words];
        for (int w = 0; w < words; w++) {
          and[w] = a.bits()[w] & b.bits()[w];
          or[w] = a.bits()[w] | b.bits()[w];
        }
        add(a.text(), " && ", b.text(), and, a.size() + b.size() + 1);
        add(a.text(), " || ", b.text(), or, a.size() + b.size() + 1);
      }
    }
  }

  private long[] inverted(long[] bits) {
    long[] inverted = new long[words];
    for (int w = 0; w < words; w++) {
      inverted[w] = ~bits[w];
    }
    if ((samples & 63) != 0) {
      inverted[words - 1] &= (1L << samples) - 1;
    }
    return inverted;
  }

  private void add(String text, long[] bits, int size) {
    enumerated++;
    if (found.size() < limit && known.putIfAbsent(new Answers(bits), found.size()) == null) {
      found.add(new Found(text, bits, size));
    }
  }

  /** The text is only written when the condition is new. */
  private void add(String left, String operator, String right, long[] bits, int size) {
    enumerated++;
    if (found.size() < limit && known.putIfAbsent(new Answers(bits), found.size()) == null) {
      found.add(new Found(left + operator + right, bits, size));
    }
  }
}
