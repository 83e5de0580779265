package dev.fettle.templates.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A type as its source text says it: simple name and type arguments. Arrays are named {@code []}
 * with the element as argument. Packages are dropped: this compares situations, it never resolves.
 */
public record TypeName(String simple, List<TypeName> arguments) {
  public static final TypeName UNKNOWN = new TypeName("?", List.of());
  private static final Map<String, String> BOXES =
      Map.of(
          "int", "Integer",
          "long", "Long",
          "double", "Double",
          "float", "Float",
          "boolean", "Boolean",
          "char", "Character",
          "short", "Short",
          "byte", "Byte");
  private static final Set<String> SEQUENCES =
      Set.of(
          "List",
          "ArrayList",
          "LinkedList",
          "Collection",
          "Set",
          "HashSet",
          "LinkedHashSet",
          "TreeSet",
          "SortedSet",
          "NavigableSet",
          "Deque",
          "ArrayDeque",
          "Queue",
          "PriorityQueue",
          "Iterable",
          "Vector",
          "CopyOnWriteArrayList");
  private static final Set<String> MAPS =
      Set.of(
          "Map",
          "HashMap",
          "LinkedHashMap",
          "TreeMap",
          "SortedMap",
          "NavigableMap",
          "ConcurrentHashMap",
          "ConcurrentMap",
          "EnumMap",
          "Hashtable");

  public TypeName {
    arguments = List.copyOf(arguments);
  }

  public static TypeName of(String simple) {
    return new TypeName(simple, List.of());
  }

  /** Reads source text or a type mirror's text; what cannot be read is {@link #UNKNOWN}. */
  public static TypeName parse(String source) {
    String text = source.replaceAll("@[\\w.]+(\\([^)]*\\))?\\s*", "").strip();
    if (text.endsWith("[]") || text.endsWith("...")) {
      String element = text.substring(0, text.length() - (text.endsWith("...") ? 3 : 2));
      return new TypeName("[]", List.of(parse(element)));
    }
    if (text.startsWith("? extends ")) {
      return parse(text.substring("? extends ".length()));
    }
    int open = text.indexOf('<');
    String name = (open < 0 ? text : text.substring(0, open)).strip();
    name = name.substring(name.lastIndexOf('.') + 1);
    if (name.isEmpty() || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
      return UNKNOWN;
    }
    List<TypeName> arguments = new ArrayList<>();
    if (open >= 0 && text.endsWith(">")) {
      int depth = 0;
      int from = open + 1;
      for (int i = open + 1; i < text.length(); i++) {
        char c = text.charAt(i);
        depth += c == '<' ? 1 : c == '>' ? -1 : 0;
        if (depth < 0 || (depth == 0 && c == ',')) {
          if (!text.substring(from, i).isBlank()) {
            arguments.add(parse(text.substring(from, i)));
          }
          from = i + 1;
        }
      }
    }
    return new TypeName(name, arguments);
  }

  public boolean known() {
    return !simple.equals("?") && !simple.equals("var");
  }

  public boolean primitive() {
    return BOXES.containsKey(simple);
  }

  public boolean box() {
    return BOXES.containsValue(simple);
  }

  /** {@code Integer} for {@code int}, itself otherwise. */
  public TypeName boxed() {
    String box = BOXES.get(simple);
    return box != null ? of(box) : this;
  }

  /** Primitive numbers, their boxes, BigDecimal and BigInteger. */
  public boolean numeric() {
    String b = boxed().simple;
    return (box() || primitive()) && !b.equals("Boolean") && !b.equals("Character")
        || b.equals("BigDecimal")
        || b.equals("BigInteger");
  }

  /** {@code int}, {@code long}, {@code short}, {@code byte} and their boxes. */
  public boolean integral() {
    return Set.of("Integer", "Long", "Short", "Byte").contains(boxed().simple);
  }

  public boolean text() {
    return simple.equals("String") || simple.equals("CharSequence");
  }

  public boolean optional() {
    return simple.equals("Optional");
  }

  public boolean sequence() {
    return SEQUENCES.contains(simple);
  }

  public boolean map() {
    return MAPS.contains(simple);
  }

  public boolean array() {
    return simple.equals("[]");
  }

  /** The element of a sequence, array or optional, or {@link #UNKNOWN}. */
  public TypeName element() {
    return argument(0);
  }

  public TypeName argument(int index) {
    return index < arguments.size() ? arguments.get(index) : UNKNOWN;
  }

  /** Whether the two are the same but for boxing and type arguments. */
  public boolean sameAs(TypeName other) {
    if (array() && other.array()) {
      return element().sameAs(other.element());
    }
    return known() && boxed().simple.equals(other.boxed().simple);
  }

  TypeName with(Map<String, TypeName> variables) {
    TypeName bound = arguments.isEmpty() ? variables.get(simple) : null;
    return bound != null
        ? bound
        : new TypeName(simple, arguments.stream().map(a -> a.with(variables)).toList());
  }

  @Override
  public String toString() {
    if (array()) {
      return element() + "[]";
    }
    return arguments.isEmpty()
        ? simple
        : simple
            + "<"
            + String.join(", ", arguments.stream().map(TypeName::toString).toList())
            + ">";
  }
}
