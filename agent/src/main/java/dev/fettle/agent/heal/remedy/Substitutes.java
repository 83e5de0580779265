package dev.fettle.agent.heal.remedy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Values that can stand in where one is missing, by type descriptor. NPEFix calls them strategies
 * R1 to R4; failure-oblivious computing manufactures values alike.
 */
record Substitutes(MethodHandles.Lookup lookup) {
  private static final long LARGEST = 1 << 22;
  private static final Map<String, Supplier<Object>> FRESH = fresh();
  private static final Map<String, Object> NEUTRAL = neutral();

  private static Map<String, Supplier<Object>> fresh() {
    Map<String, Supplier<Object>> fresh = new HashMap<>();
    for (String list : List.of("Iterable", "Collection", "List", "AbstractList", "RandomAccess")) {
      fresh.put((list.equals("Iterable") ? "java/lang/" : "java/util/") + list, ArrayList::new);
    }
    fresh.put("java/util/Set", HashSet::new);
    fresh.put("java/util/SortedSet", TreeSet::new);
    fresh.put("java/util/NavigableSet", TreeSet::new);
    fresh.put("java/util/Map", HashMap::new);
    fresh.put("java/util/SortedMap", TreeMap::new);
    fresh.put("java/util/NavigableMap", TreeMap::new);
    fresh.put("java/util/Queue", ArrayDeque::new);
    fresh.put("java/util/Deque", ArrayDeque::new);
    fresh.put("java/util/Iterator", Collections::emptyIterator);
    fresh.put("java/util/Optional", Optional::empty);
    fresh.put("java/lang/CharSequence", () -> "");
    return fresh;
  }

  private static Map<String, Object> neutral() {
    Map<String, Object> neutral = new HashMap<>();
    neutral.put("Z", false);
    neutral.put("B", (byte) 0);
    neutral.put("C", (char) 0);
    neutral.put("S", (short) 0);
    neutral.put("I", 0);
    neutral.put("J", 0L);
    neutral.put("F", 0f);
    neutral.put("D", 0d);
    neutral.put("Ljava/lang/Boolean;", false);
    neutral.put("Ljava/lang/Byte;", (byte) 0);
    neutral.put("Ljava/lang/Character;", (char) 0);
    neutral.put("Ljava/lang/Short;", (short) 0);
    neutral.put("Ljava/lang/Integer;", 0);
    neutral.put("Ljava/lang/Long;", 0L);
    neutral.put("Ljava/lang/Float;", 0f);
    neutral.put("Ljava/lang/Double;", 0d);
    neutral.put("Ljava/lang/String;", "");
    neutral.put("Ljava/math/BigDecimal;", BigDecimal.ZERO);
    neutral.put("Ljava/math/BigInteger;", BigInteger.ZERO);
    return neutral;
  }

  /** 0, false, or null for references. */
  static @Nullable Object standard(String descriptor) {
    return descriptor.length() == 1 ? NEUTRAL.get(descriptor) : null;
  }

  /** The value that adds nothing: 0, false, the empty text. Null for other types. */
  static @Nullable Object neutral(String descriptor) {
    return NEUTRAL.get(descriptor);
  }

  /** A coarse name of a type for the prior. */
  static String family(@Nullable String descriptor) {
    if (descriptor == null) {
      return "unknown";
    } else if (descriptor.startsWith("[")) {
      return "array";
    } else if (descriptor.equals("Ljava/lang/String;")) {
      return "text";
    } else if (NEUTRAL.containsKey(descriptor)) {
      return "number";
    } else if (descriptor.startsWith("Ljava/util/")) {
      return "collection";
    }
    return "object";
  }

  /**
   * Something empty or newly made.
   *
   * @param length of an array
   * @return null when there is no such value that is safe to make
   */
  @Nullable Object empty(String descriptor, int length) {
    Object neutral = neutral(descriptor);
    if (neutral != null) {
      return neutral;
    }
    Type type = Type.getType(descriptor);
    if (type.getSort() == Type.ARRAY) {
      Class<?> array = classOf(descriptor.replace('/', '.'));
      return array == null ? null : Array.newInstance(array.getComponentType(), length);
    }
    if (type.getSort() != Type.OBJECT) {
      return null;
    }
    Supplier<Object> known = FRESH.get(type.getInternalName());
    return known != null ? known.get() : constructed(type.getClassName());
  }

  /**
   * A new array of arrays.
   *
   * @param lengths of its dimensions, outermost first; at least one; inner ones that are not given
   *     stay null
   * @return null when its type cannot be named here or it would be too large
   */
  @Nullable Object array(String descriptor, List<Integer> lengths) {
    int known = Math.min(lengths.size(), descriptor.lastIndexOf('[') + 1);
    int[] dimensions = lengths.stream().limit(known).mapToInt(Integer::intValue).toArray();
    long elements = 1;
    for (int length : dimensions) {
      elements *= Math.max(1, length);
    }
    Class<?> array = classOf(descriptor.replace('/', '.'));
    if (array == null || elements > LARGEST) {
      return null;
    }
    Class<?> component = array;
    for (int i = 0; i < known; i++) {
      component = component.getComponentType();
    }
    return Array.newInstance(component, dimensions);
  }

  /** Whether {@link #empty} would find something; makes nothing. */
  boolean has(String descriptor) {
    Type type = Type.getType(descriptor);
    return NEUTRAL.containsKey(descriptor)
        || type.getSort() == Type.ARRAY
        || (type.getSort() == Type.OBJECT
            && (FRESH.containsKey(type.getInternalName())
                || plainClass(type.getClassName()) != null));
  }

  /** By its constructor without parameters, which must be one of plain data. */
  private @Nullable Object constructed(String name) {
    Class<?> type = plainClass(name);
    if (type == null) {
      return null;
    }
    try {
      return lookup.findConstructor(type, MethodType.methodType(void.class)).invoke();
    } catch (Error e) {
      throw e;
    } catch (Throwable none) {
      return null;
    }
  }

  private @Nullable Class<?> plainClass(String name) {
    Class<?> type = classOf(name);
    return type == null
            || type.isInterface()
            || Modifier.isAbstract(type.getModifiers())
            || Throwable.class.isAssignableFrom(type)
            || !isPlain(type)
        ? null
        : type;
  }

  /** Of the application, or a container of the JDK: making one has no effect outside. */
  private boolean isPlain(Class<?> type) {
    String name = type.getName();
    return type.getClassLoader() == lookup.lookupClass().getClassLoader()
        || (name.startsWith("java.util.") && name.indexOf('.', 10) < 0)
        || name.equals("java.lang.StringBuilder")
        || name.equals("java.lang.StringBuffer");
  }

  private @Nullable Class<?> classOf(String name) {
    try {
      return Class.forName(name, false, lookup.lookupClass().getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** A copy that can be changed of a list, set or map; null for others. */
  static @Nullable Object changeable(@Nullable Object container) {
    if (container instanceof List<?> list) {
      return new ArrayList<>(list);
    } else if (container instanceof Set<?> set) {
      return new LinkedHashSet<>(set);
    } else if (container instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    return container instanceof Collection<?> some ? new ArrayList<>(some) : null;
  }
}
