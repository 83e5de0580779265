package dev.fettle.vet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exact run-time classes whose objects a contained snippet may touch. A subclass of one of them
 * is not one of them: its methods are somebody's code.
 */
final class ClosedClasses {
  /** May be held by containers: they show nothing that changes behind one's back. */
  private static final List<String> VALUES =
      List.of(
          "java.lang.Object",
          "java.lang.String",
          "java.lang.StringBuilder",
          "java.lang.Boolean",
          "java.lang.Character",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double",
          "java.math.BigInteger",
          "java.math.BigDecimal",
          "java.util.ArrayList",
          "java.util.LinkedList",
          "java.util.ArrayDeque",
          "java.util.HashMap",
          "java.util.LinkedHashMap",
          "java.util.TreeMap",
          "java.util.HashSet",
          "java.util.LinkedHashSet",
          "java.util.TreeSet",
          "java.util.Arrays$ArrayList",
          "java.util.ImmutableCollections$List12",
          "java.util.ImmutableCollections$ListN",
          "java.util.ImmutableCollections$Set12",
          "java.util.ImmutableCollections$SetN",
          "java.util.ImmutableCollections$Map1",
          "java.util.ImmutableCollections$MapN",
          "java.util.Collections$EmptyList",
          "java.util.Collections$EmptySet",
          "java.util.Collections$EmptyMap",
          "java.util.Collections$UnmodifiableList",
          "java.util.Collections$UnmodifiableRandomAccessList",
          "java.util.Collections$UnmodifiableSet",
          "java.util.Collections$UnmodifiableMap");

  /** Iterators, entries and views of the containers above. */
  private static final List<String> VIEWS =
      List.of(
          "java.util.ArrayList$Itr",
          "java.util.ArrayList$SubList",
          "java.util.ArrayList$SubList$1",
          "java.util.AbstractList$Itr",
          "java.util.AbstractList$ListItr",
          "java.util.AbstractList$SubList",
          "java.util.AbstractList$SubList$1",
          "java.util.LinkedList$ListItr",
          "java.util.ArrayDeque$DeqIterator",
          "java.util.HashMap$Node",
          "java.util.HashMap$TreeNode",
          "java.util.HashMap$KeySet",
          "java.util.HashMap$Values",
          "java.util.HashMap$EntrySet",
          "java.util.HashMap$KeyIterator",
          "java.util.HashMap$ValueIterator",
          "java.util.HashMap$EntryIterator",
          "java.util.LinkedHashMap$Entry",
          "java.util.LinkedHashMap$LinkedKeySet",
          "java.util.LinkedHashMap$LinkedValues",
          "java.util.LinkedHashMap$LinkedEntrySet",
          "java.util.LinkedHashMap$LinkedKeyIterator",
          "java.util.LinkedHashMap$LinkedValueIterator",
          "java.util.LinkedHashMap$LinkedEntryIterator",
          "java.util.TreeMap$Entry",
          "java.util.TreeMap$KeySet",
          "java.util.TreeMap$Values",
          "java.util.TreeMap$EntrySet",
          "java.util.TreeMap$KeyIterator",
          "java.util.TreeMap$ValueIterator",
          "java.util.TreeMap$EntryIterator",
          "java.util.Arrays$ArrayItr",
          "java.util.ImmutableCollections$ListItr",
          "java.util.Collections$EmptyIterator",
          "java.util.Collections$UnmodifiableCollection",
          "java.util.Collections$UnmodifiableCollection$1",
          "java.util.Collections$UnmodifiableMap$UnmodifiableEntrySet",
          "java.util.Collections$UnmodifiableMap$UnmodifiableEntrySet$1",
          "java.util.Collections$UnmodifiableMap$UnmodifiableEntrySet$UnmodifiableEntry");

  private static final Map<Class<?>, Boolean> STORABLE = load();

  private ClosedClasses() {}

  private static Map<Class<?>, Boolean> load() {
    Map<Class<?>, Boolean> all = new HashMap<>();
    VALUES.forEach(n -> add(all, n, true));
    VIEWS.forEach(n -> add(all, n, false));
    all.put(Token.class, true);
    return all;
  }

  private static void add(Map<Class<?>, Boolean> all, String name, boolean storable) {
    try {
      all.put(Class.forName(name, false, null), storable);
    } catch (ClassNotFoundException anotherJdk) {
      // names differ between versions of the JDK; what is missing cannot appear either
    }
  }

  /** Whether methods of this object may be called and it may be an argument. */
  static boolean isClosed(Object value) {
    Class<?> type = value.getClass();
    return STORABLE.containsKey(type) || isClosedArray(type);
  }

  /** Whether a container may hold it. */
  static boolean isStorable(Object value) {
    Class<?> type = value.getClass();
    return STORABLE.getOrDefault(type, false) || isClosedArray(type);
  }

  /** An array of primitives, or of a type that the bootstrap loader defines. */
  static boolean isClosedArray(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return type.isArray() && element.getClassLoader() == null;
  }
}
