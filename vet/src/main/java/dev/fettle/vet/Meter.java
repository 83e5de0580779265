package dev.fettle.vet;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedList;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The budget of one run of a snippet; rewritten code calls it. Once used up it stays used up:
 * whatever handler a snippet has, the next thing it does ends it. Confined to one thread.
 */
public final class Meter {
  /** Steps of one run. */
  public static final int STEPS = 100_000;

  /** Bytes that one run may ask for, roughly. */
  public static final int BYTES = 1 << 20;

  private static final int NESTING = 32;
  private static final int BIG_BITS = 20_000;
  private static final int BIG_SCALE = 2_000;
  private static final int BIG_TEXT = 400;
  private static final int EXCEPTION_STEPS = 200;
  private static final int OBJECT_BYTES = 48;
  private static final int SKILL_STEPS = 1_000;

  private final SkillCalls skills;
  private long steps;
  private long bytes;
  private @Nullable String over;

  public Meter() {
    this(STEPS, BYTES);
  }

  /**
   * @param skills what the snippet may call of the application
   */
  public Meter(SkillCalls skills) {
    this(STEPS, BYTES, skills);
  }

  /**
   * @param steps at least 1
   * @param bytes at least 1
   */
  public Meter(int steps, int bytes) {
    this(steps, bytes, SkillCalls.NONE);
  }

  private Meter(int steps, int bytes, SkillCalls skills) {
    this.steps = steps;
    this.bytes = bytes;
    this.skills = skills;
  }

  /** Why the budget is used up; null while it is not. */
  public @Nullable String over() {
    return over;
  }

  /** One step: a method's entry, a jump backwards. */
  public void tick() {
    spend(1);
  }

  /** A handler has caught this. */
  public void caught(Throwable thrown) throws Throwable {
    if (thrown instanceof Error) {
      over = over == null ? thrown.getClass().getName() : over;
      throw thrown;
    }
    spend(EXCEPTION_STEPS);
  }

  /** A new object. */
  public void object() {
    spend(1);
    allocate(OBJECT_BYTES);
  }

  /** A new array; gives the length back. */
  public int array(int length, int elementBytes) {
    spend(1);
    allocate(16L + (long) Math.max(0, length) * elementBytes);
    return length;
  }

  /** An element of an array of references is about to be set. */
  public void store(@Nullable Object value) {
    spend(1);
    storable(value);
  }

  /**
   * A listed method is about to be called.
   *
   * @param kind its cost, as in {@code allowed.txt}
   * @param receiver null for static methods and constructors
   * @param count the argument that is a count
   */
  public void call(
      char kind,
      @Nullable Object receiver,
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object third,
      int count) {
    closed(receiver);
    closed(first);
    closed(second);
    closed(third);
    switch (kind) {
      case '1' -> spend(1);
      case 'n' -> work(weight(receiver) + weight(first) + weight(second) + weight(third));
      case 'k' -> work(2 * (weight(first) + weight(second) + weight(third)));
      case 'l' -> spend(receiver instanceof LinkedList<?> list ? 1 + list.size() : 2);
      case 'f' -> work(weight(first) + (isHashed(receiver) ? 0 : weight(receiver)));
      case 'm' -> work(product(receiver, first, second));
      case 'c' -> counted(count, Math.max(1, weight(receiver == null ? first : receiver)));
      case 's' -> sorting(weight(first));
      case 'p' -> putting(receiver, first, second);
      case 'a' -> puttingAll(receiver, first);
      case 'v' -> holding(first, second, third);
      case 'x' -> splitting(weight(receiver), first);
      case 'b' -> big(receiver, first);
      case 'e' -> {
        spend(EXCEPTION_STEPS);
        allocate(1024);
      }
      default -> throw exhausted("a cost of kind " + kind);
    }
  }

  /**
   * Calls a registered method of the application with copies, and copies what it gives. A snippet
   * sees its failure as an {@code IllegalStateException}.
   *
   * @param skill {@code owner.method(descriptor)}
   */
  public @Nullable Object skill(String skill, @Nullable Object[] arguments) {
    spend(SKILL_STEPS);
    try {
      PlainCopies out = PlainCopies.out();
      @Nullable Object[] handed = new Object[arguments.length];
      for (int i = 0; i < arguments.length; i++) {
        handed[i] = out.copy(arguments[i]);
      }
      return PlainCopies.in().copy(skills.call(skill, handed));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        over = over == null ? "a skill failed with " + error.getClass().getName() : over;
        throw exhausted(String.valueOf(over));
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("a skill failed with " + cause.getClass().getName());
    } catch (IllegalArgumentException e) {
      throw exhausted("a skill cannot be called: " + e.getMessage());
    }
  }

  private static boolean isHashed(@Nullable Object receiver) {
    return receiver instanceof Set || receiver instanceof Map;
  }

  private long product(@Nullable Object receiver, @Nullable Object first, @Nullable Object second) {
    return (weight(receiver) + 1) * (weight(first) + weight(second) + 1);
  }

  private void counted(int count, long size) {
    work(Math.max(0, count) * size * 4);
  }

  private void sorting(long size) {
    work(size * (64 - Long.numberOfLeadingZeros(size + 1)) * 4);
  }

  private void splitting(long size, @Nullable Object separator) {
    if (!(separator instanceof String plain)
        || plain.length() != 1
        || ".$|()[{^?*+\\".indexOf(plain.charAt(0)) >= 0) {
      throw exhausted("split takes one plain character here");
    }
    // each part is an object
    work(size * 16);
  }

  private void putting(@Nullable Object into, @Nullable Object first, @Nullable Object second) {
    storable(first);
    storable(second);
    apart(into, first);
    apart(into, second);
    spend(into instanceof LinkedList<?> list ? 1 + list.size() / 4 : 2);
    work(OBJECT_BYTES + weight(first) + weight(second));
  }

  private void puttingAll(@Nullable Object into, @Nullable Object from) {
    apart(into, from);
    if (from instanceof Collection<?> all) {
      // an entry of a map in a list would be a way around the check for cycles
      all.forEach(this::storable);
    }
    work(OBJECT_BYTES * (1 + weight(from)));
  }

  private void holding(@Nullable Object first, @Nullable Object second, @Nullable Object third) {
    storable(first);
    storable(second);
    storable(third);
    work(OBJECT_BYTES + weight(first) + weight(second) + weight(third));
  }

  private void closed(@Nullable Object value) {
    if (value != null && !ClosedClasses.isClosed(value)) {
      throw exhausted("not a closed value: " + value.getClass().getName());
    }
  }

  private void storable(@Nullable Object value) {
    if (value != null && !ClosedClasses.isStorable(value)) {
      throw exhausted("not a value to keep: " + value.getClass().getName());
    }
  }

  /** A container that comes to hold itself would never end a toString, equals or hashCode. */
  private void apart(@Nullable Object container, @Nullable Object element) {
    if (container != null && element != null && reaches(element, container, 0)) {
      throw exhausted("a container inside itself");
    }
  }

  private boolean reaches(@Nullable Object from, Object target, int depth) {
    if (from == target) {
      return true;
    }
    nested(depth);
    if (from instanceof Collection<?> all) {
      for (Object each : all) {
        spend(1);
        if (reaches(each, target, depth + 1)) {
          return true;
        }
      }
    } else if (from instanceof Map<?, ?> map) {
      return reaches(map.keySet(), target, depth + 1) || reaches(map.values(), target, depth + 1);
    } else if (from instanceof Object[] array) {
      for (Object each : array) {
        spend(1);
        if (reaches(each, target, depth + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Characters, elements and the like, nested; what one pass over a value costs. */
  private long weight(@Nullable Object value) {
    return weight(value, 0);
  }

  private long weight(@Nullable Object value, int depth) {
    nested(depth);
    if (value instanceof CharSequence text) {
      return text.length();
    } else if (value instanceof Collection<?> all) {
      long sum = 1;
      for (Object each : all) {
        spend(1);
        sum += 1 + weight(each, depth + 1);
      }
      return sum;
    } else if (value instanceof Map<?, ?> map) {
      return 1 + weight(map.keySet(), depth + 1) + weight(map.values(), depth + 1);
    } else if (value instanceof Map.Entry<?, ?> entry) {
      return 1 + weight(entry.getKey(), depth + 1) + weight(entry.getValue(), depth + 1);
    } else if (value instanceof BigInteger number) {
      return 1L + number.bitLength() / 8;
    } else if (value instanceof BigDecimal number) {
      return 1L + number.unscaledValue().bitLength() / 8;
    } else if (value != null && value.getClass().isArray()) {
      return 1 + (long) java.lang.reflect.Array.getLength(value);
    }
    return 1;
  }

  private void nested(int depth) {
    if (depth > NESTING) {
      throw exhausted("values nested deeper than " + NESTING);
    }
  }

  private void big(@Nullable Object receiver, @Nullable Object first) {
    long bits = 64 + bits(receiver) + bits(first);
    work(bits * bits / 4096);
  }

  private long bits(@Nullable Object value) {
    if (value instanceof String text) {
      return within(text.length(), BIG_TEXT) * 4;
    } else if (value instanceof BigInteger number) {
      return within(number.bitLength(), BIG_BITS);
    } else if (value instanceof BigDecimal number) {
      long scale = within(Math.abs((long) number.scale()), BIG_SCALE);
      return within(number.unscaledValue().bitLength(), BIG_BITS) + 4 * scale;
    }
    return 64;
  }

  private long within(long size, long limit) {
    if (size > limit) {
      throw exhausted("a number of size " + size);
    }
    return size;
  }

  private void work(long size) {
    spend(1 + (size >> 4));
    allocate(size);
  }

  private void spend(long cost) {
    if (over != null || cost < 0 || (steps -= cost) < 0) {
      throw exhausted("more steps than allowed");
    }
  }

  private void allocate(long size) {
    if (size < 0 || (bytes -= size) < 0) {
      throw exhausted("more memory than allowed");
    }
  }

  private BudgetExhausted exhausted(String reason) {
    over = over == null ? reason : over;
    return new BudgetExhausted(over);
  }
}
