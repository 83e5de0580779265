package dev.fettle.vet;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Deep copies of plain values: strings, boxes, big numbers, arrays and the JDK's containers by
 * exact class. Everything else becomes a {@link Token} on the way in and itself again on the way
 * out. No method of the application runs. Confined to one thread.
 */
final class PlainCopies {
  private static final int NESTING = 24;
  private static final int VALUES = 10_000;
  private static final int BIG_SCALE = 2_000;

  /** Why a value could not be copied. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge(String reason) {
      super(reason, null, false, false);
    }
  }

  private final boolean inward;
  private final IdentityHashMap<Object, Object> copied = new IdentityHashMap<>();
  private int left = VALUES;

  private PlainCopies(boolean inward) {
    this.inward = inward;
  }

  /** Copies live values; what is not plain becomes a token. */
  static PlainCopies in() {
    return new PlainCopies(true);
  }

  /** Copies a snippet's values; tokens become what they stand for. */
  static PlainCopies out() {
    return new PlainCopies(false);
  }

  @Nullable Object copy(@Nullable Object value) {
    return copy(value, 0);
  }

  private @Nullable Object copy(@Nullable Object value, int depth) {
    if (--left < 0 || depth > NESTING) {
      throw new TooLarge("values of more than " + VALUES + " parts or " + NESTING + " levels");
    }
    if (value == null || isScalar(value)) {
      return value;
    }
    if (value instanceof BigDecimal number && number.getClass() == BigDecimal.class) {
      return Math.abs((long) number.scale()) <= BIG_SCALE ? number : foreign(value);
    }
    if (value instanceof Token token) {
      return inward ? foreign(token) : token.live();
    }
    Object known = copied.get(value);
    if (known != null) {
      return known;
    }
    Object copy = structure(value, depth + 1);
    copied.put(value, copy);
    return copy;
  }

  private Object foreign(Object value) {
    if (!inward) {
      throw new TooLarge("a value that is not plain: " + value.getClass().getName());
    }
    return copied.computeIfAbsent(value, Token::new);
  }

  private static boolean isScalar(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte
        || value.getClass() == BigInteger.class;
  }

  // copies are of the program's own classes, whichever they are
  @SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder"})
  private Object structure(Object value, int depth) {
    Class<?> type = value.getClass();
    if (type == StringBuilder.class) {
      spend(((StringBuilder) value).length() / 16);
      return new StringBuilder((StringBuilder) value);
    }
    if (type.isArray()) {
      return array(value, depth);
    }
    return switch (type.getName()) {
      case "java.util.ArrayList" -> all(value, new ArrayList<>(), depth);
      case "java.util.LinkedList" -> all(value, new LinkedList<>(), depth);
      case "java.util.ArrayDeque" -> all(value, new ArrayDeque<>(), depth);
      case "java.util.HashSet" -> all(value, new HashSet<>(), depth);
      case "java.util.LinkedHashSet" -> all(value, new LinkedHashSet<>(), depth);
      case "java.util.TreeSet" ->
          ((TreeSet<?>) value).comparator() == null && scalars((TreeSet<?>) value)
              ? all(value, new TreeSet<>(), depth)
              : foreign(value);
      case "java.util.HashMap" -> all((Map<?, ?>) value, new HashMap<>(), depth);
      case "java.util.LinkedHashMap" -> all((Map<?, ?>) value, new LinkedHashMap<>(), depth);
      case "java.util.TreeMap" ->
          ((TreeMap<?, ?>) value).comparator() == null && scalars(((TreeMap<?, ?>) value).keySet())
              ? all((Map<?, ?>) value, new TreeMap<>(), depth)
              : foreign(value);
      case "java.util.Arrays$ArrayList" ->
          Arrays.asList(all(value, new ArrayList<>(), depth).toArray());
      case "java.util.ImmutableCollections$List12",
          "java.util.ImmutableCollections$ListN",
          "java.util.Collections$EmptyList",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableRandomAccessList" ->
          trusted(value)
              ? Collections.unmodifiableList(all(value, new ArrayList<>(), depth))
              : foreign(value);
      case "java.util.ImmutableCollections$Set12",
          "java.util.ImmutableCollections$SetN",
          "java.util.Collections$EmptySet" ->
          Collections.unmodifiableSet(all(value, new LinkedHashSet<>(), depth));
      case "java.util.ImmutableCollections$Map1",
          "java.util.ImmutableCollections$MapN",
          "java.util.Collections$EmptyMap" ->
          Collections.unmodifiableMap(all((Map<?, ?>) value, new LinkedHashMap<>(), depth));
      default -> foreign(value);
    };
  }

  /** An unmodifiable view may lie over an application's list, whose methods it would run. */
  private boolean trusted(Object value) {
    return !inward || !value.getClass().getName().contains("Unmodifiable");
  }

  private static boolean scalars(Collection<?> values) {
    return values.stream().allMatch(v -> v != null && isScalar(v));
  }

  private <C extends Collection<@Nullable Object>> C all(Object from, C into, int depth) {
    for (Iterator<?> each = ((Collection<?>) from).iterator(); each.hasNext(); ) {
      into.add(copy(each.next(), depth));
    }
    return into;
  }

  private Map<@Nullable Object, @Nullable Object> all(
      Map<?, ?> from, Map<@Nullable Object, @Nullable Object> into, int depth) {
    for (Map.Entry<?, ?> each : from.entrySet()) {
      into.put(copy(each.getKey(), depth), copy(each.getValue(), depth));
    }
    return into;
  }

  private Object array(Object value, int depth) {
    int length = Array.getLength(value);
    spend(length / 16);
    if (value.getClass().getComponentType().isPrimitive()) {
      Object copy = Array.newInstance(value.getClass().getComponentType(), length);
      System.arraycopy(value, 0, copy, 0, length);
      return copy;
    }
    Object[] from = (Object[]) value;
    if (!ClosedClasses.isClosedArray(value.getClass())) {
      return foreign(value);
    }
    Object[] into = (Object[]) Array.newInstance(value.getClass().getComponentType(), length);
    for (int i = 0; i < length; i++) {
      Object copy = copy(from[i], depth);
      if (copy != null && !value.getClass().getComponentType().isInstance(copy)) {
        // an array of an interface that holds what the snippet may not see
        return foreign(value);
      }
      into[i] = copy;
    }
    return into;
  }

  private void spend(int more) {
    left -= more;
  }

  /** Whether two copies of the same value are still alike; tokens are by identity. */
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null || a.getClass() != b.getClass()) {
      return a == b;
    }
    if (a instanceof Object[] left) {
      Object[] right = (Object[]) b;
      for (int i = 0; i < left.length && left.length == right.length; i++) {
        if (!same(left[i], right[i])) {
          return false;
        }
      }
      return left.length == right.length;
    }
    if (a.getClass().isArray()) {
      return Arrays.deepEquals(new Object[] {a}, new Object[] {b});
    }
    if (a instanceof StringBuilder text) {
      return text.compareTo((StringBuilder) b) == 0;
    }
    if (a instanceof List || a instanceof ArrayDeque) {
      return sameInOrder((Collection<?>) a, (Collection<?>) b);
    }
    if (a instanceof Map<?, ?> map) {
      Map<?, ?> other = (Map<?, ?>) b;
      return sameInOrder(map.keySet(), other.keySet()) && sameInOrder(map.values(), other.values());
    }
    return a instanceof Set<?> set ? sameInOrder(set, (Set<?>) b) : a.equals(b);
  }

  private static boolean sameInOrder(Collection<?> a, Collection<?> b) {
    Iterator<?> right = b.iterator();
    for (Object left : a) {
      if (!right.hasNext() || !same(left, right.next())) {
        return false;
      }
    }
    return !right.hasNext();
  }
}
