package dev.fettle.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All small conditions over recorded values, one for each behavior: conditions that answer alike on
 * all samples are one, written as the first that was built, which is among the smallest. Where a
 * value is not known the condition would throw, unless what stands before {@code &&} or {@code ||}
 * decides. Source of the idea: observational equivalence (Albarghouthi et al. 2013; Udupa et al.
 * 2013). Confined to one thread.
 */
public final class PredicateSpace {
  private static final long[] CONSTANTS = {0, 1, -1, 2};
  private static final byte ATOM = 0;
  private static final byte AND = 1;
  private static final byte OR = 2;

  private final int samples;
  private final int words;
  private final int limit;

  /** Per condition {@code words} words of answers, then {@code words} of where it answers. */
  private long[] pool;

  private byte[] kinds = new byte[1024];
  private int[] first = new int[1024];
  private int[] second = new int[1024];
  private byte[] sizes = new byte[1024];
  private final List<String> texts = new ArrayList<>();

  /** Open addressing: a condition's number plus one, 0 for none. */
  private final int[] table;

  private final long[] answers;
  private final long[] known;
  private int count;
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
    this.pool = new long[2 * words * 1024];
    this.table = new int[Integer.highestOneBit(Math.max(64, limit)) * 4];
    this.answers = new long[words];
    this.known = new long[words];
  }

  /**
   * A value in scope: its text and what it was in each sample.
   *
   * @param known samples in which it has a value
   */
  public record Column(String text, Kind kind, long[] values, BitSet known) {
    /** What a value can be asked. */
    public enum Kind {
      NUMBER,
      /** 0 or 1. */
      TRUTH
    }

    /** One that has a value in all samples. */
    public Column(String text, Kind kind, long[] values) {
      this(text, kind, values, all(values.length));
    }

    private static BitSet all(int samples) {
      BitSet all = new BitSet(samples);
      all.set(0, samples);
      return all;
    }
  }

  /**
   * A condition.
   *
   * @param size leaves and operators
   */
  record Condition(String text, int size) {}

  /** Builds conditions: comparisons of two values or with small constants, then pairs of them. */
  public void enumerate(List<Column> columns) {
    compare(columns, CONSTANTS);
    join(Integer.MAX_VALUE);
  }

  /** Comparisons of two values, and of values with constants. */
  void compare(List<Column> columns, long... constants) {
    for (Column c : columns) {
      if (c.kind() == Column.Kind.TRUTH) {
        truth(c);
      }
    }
    List<Column> numbers = columns.stream().filter(c -> c.kind() == Column.Kind.NUMBER).toList();
    for (Column a : numbers) {
      for (long constant : constants) {
        compare(a, Long.toString(constant), constant, null, 2);
      }
    }
    for (int i = 0; i < numbers.size(); i++) {
      for (int j = i + 1; j < numbers.size(); j++) {
        Column a = numbers.get(i);
        Column b = numbers.get(j);
        compare(a, b.text(), 0, b, 3);
        compare(a, b.text() + " + 1", 1, b, 5);
        compare(a, b.text() + " - 1", -1, b, 5);
      }
    }
  }

  /** Conditions that were built, equal ones counted as often as they were built. */
  public long enumerated() {
    return enumerated;
  }

  /** Conditions that answer differently on some sample. */
  public int distinct() {
    return count;
  }

  /** Those that answer as wanted on every sample, smallest first. */
  public List<String> answering(boolean[] wanted) {
    BitSet care = new BitSet();
    BitSet holds = new BitSet();
    for (int i = 0; i < samples; i++) {
      care.set(i);
      holds.set(i, wanted[i]);
    }
    return consistent(care, holds, 1).stream().map(Condition::text).toList();
  }

  /**
   * Conditions that answer as wanted where it matters, as they were built.
   *
   * @param care samples that matter
   * @param wanted samples in which the condition must hold
   * @param many at most
   */
  List<Condition> consistent(BitSet care, BitSet wanted, int many) {
    long[] matters = Arrays.copyOf(care.toLongArray(), words);
    long[] holds = Arrays.copyOf(wanted.toLongArray(), words);
    List<Condition> found = new ArrayList<>();
    for (int c = 0; c < count && found.size() < many; c++) {
      boolean fits = true;
      int at = c * 2 * words;
      for (int w = 0; w < words && fits; w++) {
        fits =
            ((pool[at + w] ^ holds[w]) & matters[w]) == 0
                && (matters[w] & ~pool[at + words + w]) == 0;
      }
      if (fits) {
        found.add(new Condition(text(c), sizes[c]));
      }
    }
    return found;
  }

  private String text(int condition) {
    return switch (kinds[condition]) {
      case AND -> operand(first[condition]) + " && " + operand(second[condition]);
      case OR -> operand(first[condition]) + " || " + operand(second[condition]);
      default -> texts.get(first[condition]);
    };
  }

  /** Only atoms are joined, so the texts of recorded values are the only ones to be closed. */
  private String operand(int condition) {
    String text = text(condition);
    return text.contains("||") || text.contains("&&") || text.contains("?")
        ? "(" + text + ")"
        : text;
  }

  private void truth(Column c) {
    Arrays.fill(answers, 0);
    for (int i = 0; i < samples; i++) {
      if (c.values()[i] != 0) {
        answers[i >> 6] |= 1L << i;
      }
    }
    know(c.known());
    add(c.text(), "", "", 1);
    invert();
    add(negated(c.text()), "", "", 2);
  }

  /** The shortest way of saying the contrary. */
  static String negated(String text) {
    boolean joined = text.contains("&&") || text.contains("||") || text.contains("?");
    if (!joined && text.indexOf(" == ") > 0 && text.indexOf(" == ") == text.lastIndexOf(" == ")) {
      return text.replace(" == ", " != ");
    }
    boolean operators = joined || text.contains(" ") && !text.endsWith(")");
    return operators || text.matches(".*[<>=].*") ? "!(" + text + ")" : "!" + text;
  }

  private void know(BitSet where) {
    long[] bits = where.toLongArray();
    for (int w = 0; w < words; w++) {
      known[w] = w < bits.length ? bits[w] : 0;
    }
  }

  private void compare(Column left, String right, long plus, @Nullable Column b, int size) {
    long[] less = new long[words];
    long[] same = new long[words];
    long[] a = left.values();
    long[] other = b == null ? a : b.values();
    for (int i = 0; i < samples; i++) {
      long to = b == null ? plus : other[i] + plus;
      if (a[i] < to) {
        less[i >> 6] |= 1L << i;
      } else if (a[i] == to) {
        same[i >> 6] |= 1L << i;
      }
    }
    know(left.known());
    if (b != null) {
      long[] bits = b.known().toLongArray();
      for (int w = 0; w < words; w++) {
        known[w] &= w < bits.length ? bits[w] : 0;
      }
    }
    String text = left.text();
    System.arraycopy(less, 0, answers, 0, words);
    add(text, " < ", right, size);
    invert();
    add(text, " >= ", right, size);
    System.arraycopy(same, 0, answers, 0, words);
    add(text, " == ", right, size);
    invert();
    add(text, " != ", right, size);
    for (int w = 0; w < words; w++) {
      answers[w] = less[w] | same[w];
    }
    add(text, " <= ", right, size);
    invert();
    add(text, " > ", right, size);
  }

  /**
   * Joins pairs of the conditions that were built so far.
   *
   * @param most so many of them take part, the first ones
   */
  void join(int most) {
    int atoms = Math.min(most, count);
    int stride = 2 * words;
    for (int i = 0; i < atoms; i++) {
      for (int j = i + 1; j < atoms && count < limit; j++) {
        int a = i * stride;
        int b = j * stride;
        for (int w = 0; w < words; w++) {
          answers[w] = pool[a + w] & pool[b + w];
          known[w] = pool[a + words + w] & (pool[b + words + w] | ~pool[a + w]);
        }
        joined(AND, i, j);
        for (int w = 0; w < words; w++) {
          answers[w] = pool[a + w] | pool[b + w];
          known[w] = pool[a + words + w] & (pool[b + words + w] | pool[a + w]);
        }
        joined(OR, i, j);
      }
    }
  }

  private void invert() {
    for (int w = 0; w < words; w++) {
      answers[w] = ~answers[w];
    }
  }

  private void joined(byte kind, int a, int b) {
    enumerated++;
    if (fresh()) {
      remember(kind, a, b, sizes[a] + sizes[b] + 1);
    }
  }

  /** The text is only written when the condition is new. */
  private void add(String left, String operator, String right, int size) {
    enumerated++;
    if (fresh()) {
      texts.add(left + operator + right);
      remember(ATOM, texts.size() - 1, 0, size);
    }
  }

  private void remember(byte kind, int a, int b, int size) {
    if (count == kinds.length) {
      int more = count * 2;
      kinds = Arrays.copyOf(kinds, more);
      first = Arrays.copyOf(first, more);
      second = Arrays.copyOf(second, more);
      sizes = Arrays.copyOf(sizes, more);
      pool = Arrays.copyOf(pool, 2 * words * more);
    }
    kinds[count] = kind;
    first[count] = a;
    second[count] = b;
    sizes[count] = (byte) Math.min(Byte.MAX_VALUE, size);
    System.arraycopy(answers, 0, pool, count * 2 * words, words);
    System.arraycopy(known, 0, pool, count * 2 * words + words, words);
    count++;
  }

  /** Whether none that was built before answers alike; then its place in the table is taken. */
  private boolean fresh() {
    if (count >= limit) {
      return false;
    }
    long hash = 0;
    for (int w = 0; w < words; w++) {
      answers[w] &= known[w];
      hash = (hash ^ answers[w]) * 0x9E3779B97F4A7C15L;
      hash = (hash ^ (hash >>> 32) ^ known[w]) * 0xC2B2AE3D27D4EB4FL;
    }
    int mask = table.length - 1;
    int at = (int) (hash ^ (hash >>> 29)) & mask;
    while (table[at] != 0) {
      if (alike(table[at] - 1)) {
        return false;
      }
      at = (at + 1) & mask;
    }
    table[at] = count + 1;
    return true;
  }

  private boolean alike(int condition) {
    int at = condition * 2 * words;
    for (int w = 0; w < words; w++) {
      if (pool[at + w] != answers[w] || pool[at + words + w] != known[w]) {
        return false;
      }
    }
    return true;
  }
}
