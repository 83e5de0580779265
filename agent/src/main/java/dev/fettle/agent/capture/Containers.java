package dev.fettle.agent.capture;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * JDK collections whose iteration runs JDK code only and takes no lock: a failing thread may hold
 * locks of its own, and must not wait for another's. Known by exact class: a subclass may override
 * anything. Views are unwrapped, because what they wrap may be anybody's. Thread-safe.
 */
final class Containers {
  private static final Set<String> COLLECTIONS =
      Set.of(
          "java.util.ArrayList",
          "java.util.LinkedList",
          "java.util.ArrayDeque",
          "java.util.HashSet",
          "java.util.LinkedHashSet",
          "java.util.TreeSet",
          "java.util.PriorityQueue",
          "java.util.Arrays$ArrayList",
          "java.util.ImmutableCollections$ListN",
          "java.util.ImmutableCollections$List12",
          "java.util.ImmutableCollections$SetN",
          "java.util.ImmutableCollections$Set12",
          "java.util.Collections$EmptyList",
          "java.util.Collections$EmptySet",
          "java.util.Collections$SingletonList",
          "java.util.Collections$SingletonSet",
          "java.util.RegularEnumSet",
          "java.util.JumboEnumSet",
          "java.util.concurrent.CopyOnWriteArrayList",
          "java.util.concurrent.CopyOnWriteArraySet",
          "java.util.concurrent.ConcurrentLinkedQueue",
          "java.util.concurrent.ConcurrentLinkedDeque",
          "java.util.concurrent.ConcurrentSkipListSet");

  private static final Set<String> MAPS =
      Set.of(
          "java.util.HashMap",
          "java.util.LinkedHashMap",
          "java.util.TreeMap",
          "java.util.IdentityHashMap",
          "java.util.EnumMap",
          "java.util.ImmutableCollections$MapN",
          "java.util.ImmutableCollections$Map1",
          "java.util.Collections$EmptyMap",
          "java.util.Collections$SingletonMap",
          "java.util.concurrent.ConcurrentHashMap",
          "java.util.concurrent.ConcurrentSkipListMap");

  /** Views, and the field that holds what they show. */
  private static final Map<String, String> VIEWS =
      Map.ofEntries(
          Map.entry("java.util.Collections$UnmodifiableCollection", "c"),
          Map.entry("java.util.Collections$UnmodifiableList", "list"),
          Map.entry("java.util.Collections$UnmodifiableRandomAccessList", "list"),
          Map.entry("java.util.Collections$UnmodifiableSet", "c"),
          Map.entry("java.util.Collections$UnmodifiableSortedSet", "c"),
          Map.entry("java.util.Collections$UnmodifiableMap", "m"),
          Map.entry("java.util.Collections$UnmodifiableSortedMap", "m"),
          Map.entry("java.util.Collections$SynchronizedCollection", "c"),
          Map.entry("java.util.Collections$SynchronizedList", "list"),
          Map.entry("java.util.Collections$SynchronizedRandomAccessList", "list"),
          Map.entry("java.util.Collections$SynchronizedSet", "c"),
          Map.entry("java.util.Collections$SynchronizedMap", "m"),
          Map.entry("java.util.ArrayList$SubList", "root"),
          Map.entry("java.util.ImmutableCollections$SubList", "root"),
          Map.entry("java.util.HashMap$KeySet", "this$0"),
          Map.entry("java.util.HashMap$Values", "this$0"),
          Map.entry("java.util.HashMap$EntrySet", "this$0"),
          Map.entry("java.util.LinkedHashMap$LinkedKeySet", "this$0"),
          Map.entry("java.util.LinkedHashMap$LinkedValues", "this$0"),
          Map.entry("java.util.LinkedHashMap$LinkedEntrySet", "this$0"));

  private static final String SYNCHRONIZED = "java.util.Collections$Synchronized";

  private final Map<Class<?>, Field> opened = new ConcurrentHashMap<>();

  /** What a view shows that adds nothing but a lock or a refusal to write; else the value. */
  Object unwrapped(Object value) {
    Object at = value;
    for (int i = 0; i < 16; i++) {
      String name = at.getClass().getName();
      boolean wrapper =
          name.startsWith(SYNCHRONIZED) || name.startsWith("java.util.Collections$Unmodifiable");
      String field = wrapper ? VIEWS.get(name) : null;
      Object shown = field == null ? null : read(at, field);
      if (shown == null) {
        return at;
      }
      at = shown;
    }
    return at;
  }

  boolean isCollection(Object value) {
    return isKnown(value, COLLECTIONS, 0);
  }

  boolean isMap(Object value) {
    return isKnown(value, MAPS, 0);
  }

  private boolean isKnown(Object value, Set<String> names, int depth) {
    if (value.getClass().getClassLoader() != null || depth > 4) {
      return false;
    }
    String name = value.getClass().getName();
    if (names.contains(name)) {
      return true;
    }
    if (name.startsWith(SYNCHRONIZED)) {
      return false;
    }
    String field = VIEWS.get(name);
    Object shown = field == null ? null : read(value, field);
    // a key set is a collection that shows a map
    boolean keyed = name.startsWith("java.util.HashMap$") || name.startsWith("java.util.Linked");
    return shown != null && isKnown(shown, keyed && names == COLLECTIONS ? MAPS : names, depth + 1);
  }

  private @Nullable Object read(Object view, String name) {
    try {
      Field field = opened.get(view.getClass());
      if (field == null) {
        field = find(view.getClass(), name);
        field.setAccessible(true);
        opened.put(view.getClass(), field);
      }
      return field.get(view);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // java.util is not open to us, or looks different in this JDK: the view stays opaque
      return null;
    }
  }

  private static Field find(Class<?> type, String name) throws NoSuchFieldException {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field;
        }
      }
    }
    throw new NoSuchFieldException(type + "." + name);
  }
}
