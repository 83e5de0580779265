package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Arrays, collections, Optionals and maps, each with the mutability that it had. */
final class Sequences {
  /** Sizes beyond this are not restored. */
  private static final int MAX_PADDING = 20_000;

  private static final Map<String, String> UNMODIFIABLE =
      Map.of(
          "java/util/Collections$UnmodifiableList", "unmodifiableList",
          "java/util/Collections$UnmodifiableRandomAccessList", "unmodifiableList",
          "java/util/Collections$UnmodifiableSet", "unmodifiableSet",
          "java/util/Collections$UnmodifiableCollection", "unmodifiableCollection",
          "java/util/Collections$UnmodifiableMap", "unmodifiableMap",
          "java/util/Collections$SynchronizedRandomAccessList", "synchronizedList",
          "java/util/Collections$SynchronizedMap", "synchronizedMap");
  private static final Set<String> MAPS =
      Set.of(
          "java/util/HashMap",
          "java/util/LinkedHashMap",
          "java/util/TreeMap",
          "java/util/concurrent/ConcurrentHashMap",
          "java/util/Hashtable",
          "java/util/concurrent/ConcurrentSkipListMap",
          "java/util/WeakHashMap",
          "java/util/IdentityHashMap",
          "java/util/Properties");
  private static final Set<String> COLLECTIONS =
      Set.of(
          "java/util/ArrayList",
          "java/util/LinkedList",
          "java/util/ArrayDeque",
          "java/util/HashSet",
          "java/util/LinkedHashSet",
          "java/util/TreeSet",
          "java/util/Vector",
          "java/util/Stack",
          "java/util/PriorityQueue",
          "java/util/concurrent/CopyOnWriteArrayList",
          "java/util/concurrent/CopyOnWriteArraySet",
          "java/util/concurrent/ConcurrentLinkedQueue",
          "java/util/concurrent/ConcurrentLinkedDeque",
          "java/util/concurrent/LinkedBlockingQueue",
          "java/util/concurrent/LinkedBlockingDeque",
          "java/util/concurrent/ConcurrentSkipListSet");

  private final Values values;
  private final TestCode code;
  private final ClassPool classes;
  private final int limit;

  /**
   * @param limit elements that are written out; further ones repeat the last
   */
  Sequences(Values values, TestCode code, ClassPool classes, int limit) {
    this.values = values;
    this.code = code;
    this.classes = classes;
    this.limit = limit;
  }

  Expr sequence(CapturedValue.Sequence value, JavaType target, String hint) {
    JavaType type = JavaType.ofBinaryName(value.type());
    if (type.dims() > 0) {
      return array(value, target.dims() > 0 && target.closed() ? target : type, hint);
    }
    String internal = type.internal();
    if (internal.startsWith("java/util/Optional")) {
      return optional(value, internal, target, hint);
    }
    List<Expr> elements = elements(value, elementType(target), hint);
    int missing = Math.min(MAX_PADDING, value.size() - elements.size());
    if (elements.isEmpty()) {
      missing = 0;
    }
    return fit(collection(internal, elements, missing, target, hint), target);
  }

  /** A collection of ready expressions. */
  Expr holding(List<Expr> elements, JavaType target, String hint) {
    if (target.dims() > 0) {
      return arrayOf(elements, target);
    }
    return fit(collection("java/util/ArrayList", elements, 0, target, hint), target);
  }

  private JavaType elementType(JavaType target) {
    if (target.dims() > 0) {
      return target.element();
    }
    return target.argument(0);
  }

  private List<Expr> elements(CapturedValue.Sequence value, JavaType element, String hint) {
    List<Expr> all = new ArrayList<>();
    int count = Math.min(limit, value.elements().size());
    for (CapturedValue v : value.elements().subList(0, count)) {
      all.add(values.value(v, element, singular(hint), Slot.NOWHERE));
    }
    if (count < value.size() && count > 0) {
      code.note(hint + " had " + value.size() + " elements; the last one written is repeated.");
    }
    return all;
  }

  private static String singular(String hint) {
    return hint.endsWith("ies") && hint.length() > 4
        ? hint.substring(0, hint.length() - 3) + "y"
        : hint.endsWith("s") && hint.length() > 3 ? hint.substring(0, hint.length() - 1) : hint;
  }

  private Expr collection(
      String internal, List<Expr> elements, int missing, JavaType target, String hint) {
    boolean fixed = internal.equals("java/util/Arrays$ArrayList");
    if (internal.startsWith("java/util/ImmutableCollections$")) {
      return immutable(internal, elements, missing, target, hint);
    }
    if (internal.equals("java/util/Collections$EmptySet")) {
      return new Expr(
          name("java/util/Collections") + "." + witness(target) + "emptySet()",
          list("java/util/Set", target));
    }
    if (internal.equals("java/util/Collections$SingletonSet") && elements.size() == 1) {
      return new Expr(
          name("java/util/Collections")
              + "."
              + witness(target)
              + "singleton("
              + join(elements, target)
              + ")",
          list("java/util/Set", target));
    }
    if (internal.equals("java/util/Collections$EmptyList")) {
      return new Expr(
          name("java/util/Collections") + "." + witness(target) + "emptyList()",
          list("java/util/List", target));
    }
    if (internal.equals("java/util/Collections$SingletonList") && elements.size() == 1) {
      return new Expr(
          name("java/util/Collections")
              + "."
              + witness(target)
              + "singletonList("
              + join(elements, target)
              + ")",
          list("java/util/List", target));
    }
    if (fixed && missing == 0) {
      String all =
          elements.size() == 1 && elements.get(0).isNull()
              ? "(Object) null"
              : join(elements, target);
      return new Expr(
          name("java/util/Arrays")
              + "."
              + (all.startsWith("(Object)") ? "" : witness(target))
              + "asList("
              + all
              + ")",
          list("java/util/List", target));
    }
    String wrapper = UNMODIFIABLE.get(internal);
    if (wrapper != null) {
      boolean set = internal.endsWith("Set");
      String inner = set ? "java/util/LinkedHashSet" : "java/util/ArrayList";
      String type =
          set
              ? "java/util/Set"
              : internal.endsWith("UnmodifiableCollection")
                  ? "java/util/Collection"
                  : "java/util/List";
      Expr mutable = mutable(inner, elements, missing, list(type, target), hint);
      return new Expr(
          name("java/util/Collections") + "." + wrapper + "(" + mutable.code() + ")",
          list(type, target));
    }
    return mutable(standard(internal, target), elements, missing, target, hint);
  }

  private Expr immutable(
      String internal, List<Expr> elements, int missing, JavaType target, String hint) {
    boolean set = internal.contains("Set");
    String type = set ? "java/util/Set" : "java/util/List";
    boolean nulls = elements.stream().anyMatch(Expr::isNull);
    JavaType typed = list(type, target);
    if (nulls || missing > 0 || values.release() < 9) {
      String inner = set ? "java/util/LinkedHashSet" : "java/util/ArrayList";
      Expr mutable = mutable(inner, elements, missing, typed, hint);
      return new Expr(
          name("java/util/Collections")
              + (set ? ".unmodifiableSet(" : ".unmodifiableList(")
              + mutable.code()
              + ")",
          typed);
    }
    return new Expr(
        name(type) + "." + witness(target) + "of(" + join(elements, target) + ")", typed);
  }

  /** Explicit type arguments keep inference from choosing the elements' own types. */
  private String witness(JavaType target) {
    JavaType element = elementType(target);
    boolean write = target.closed() && !target.arguments().isEmpty() && code.accessible(element);
    return write ? "<" + code.write(element.boxed()) + ">" : "";
  }

  private Expr mutable(
      String internal, List<Expr> elements, int missing, JavaType target, String hint) {
    JavaType type = list(internal, target);
    String created = "new " + name(internal) + diamond(type) + "(";
    if (missing == 0) {
      boolean deque = internal.contains("Stack");
      if (elements.isEmpty()) {
        return new Expr(created + ")", type);
      }
      if (!deque) {
        return new Expr(created + asList(elements, target) + ")", type);
      }
    }
    String variable = code.declare(type, hint, created + ")");
    for (Expr e : elements) {
      code.add(variable + ".add(" + cast(e, elementType(target)) + ");");
    }
    if (missing > 0) {
      Expr last = elements.get(elements.size() - 1);
      code.add("for (int i = 0; i < " + missing + "; i++) {");
      code.add("  " + variable + ".add(" + cast(last, elementType(target)) + ");");
      code.add("}");
    }
    return new Expr(variable, type);
  }

  private String diamond(JavaType type) {
    if (code.writesArguments(type)) {
      return "<>";
    }
    code.markUnchecked();
    return "";
  }

  private String asList(List<Expr> elements, JavaType target) {
    if (elements.size() == 1) {
      return name("java/util/Collections")
          + "."
          + witness(target)
          + "singletonList("
          + join(elements, target)
          + ")";
    }
    return name("java/util/Arrays")
        + "."
        + witness(target)
        + "asList("
        + join(elements, target)
        + ")";
  }

  private String join(List<Expr> elements, JavaType target) {
    List<String> all = new ArrayList<>();
    for (Expr e : elements) {
      all.add(cast(e, elementType(target)));
    }
    return String.join(", ", all);
  }

  private String cast(Expr e, JavaType element) {
    return values.fit(e, element.open() ? JavaType.OBJECT : element).code();
  }

  /** The class that can be created for a captured one. */
  private String standard(String internal, JavaType target) {
    if (COLLECTIONS.contains(internal) && fits(internal, target)) {
      return internal;
    }
    for (String candidate :
        List.of(
            "java/util/ArrayList",
            "java/util/LinkedHashSet",
            "java/util/ArrayDeque",
            "java/util/TreeSet")) {
      boolean set = classes.subtype(internal, "java/util/Set");
      boolean skip = set && candidate.equals("java/util/ArrayList") && !target.is("java/util/List");
      if (!skip && fits(candidate, target)) {
        return candidate;
      }
    }
    throw new NotBuildable("no way to make a " + target.binaryName());
  }

  private boolean fits(String internal, JavaType target) {
    return target.dims() == 0 && classes.subtype(internal, target.internal());
  }

  private Expr optional(
      CapturedValue.Sequence value, String internal, JavaType target, String hint) {
    JavaType type =
        new JavaType(internal, 0, target.is(internal) ? target.arguments() : List.of(), false);
    if (value.elements().isEmpty()) {
      return new Expr(name(internal) + ".empty()", type);
    }
    JavaType content =
        switch (internal) {
          case "java/util/OptionalInt" -> JavaType.of("I");
          case "java/util/OptionalLong" -> JavaType.of("J");
          case "java/util/OptionalDouble" -> JavaType.of("D");
          default -> target.argument(0);
        };
    Expr e = values.value(value.elements().get(0), content, hint, Slot.NOWHERE);
    return new Expr(name(internal) + ".of(" + cast(e, content) + ")", type);
  }

  Expr present(Expr content, JavaType target) {
    String internal =
        target.internal().startsWith("java/util/Optional")
            ? target.internal()
            : "java/util/Optional";
    return new Expr(name(internal) + ".of(" + content.code() + ")", JavaType.of(internal));
  }

  private Expr array(CapturedValue.Sequence value, JavaType type, String hint) {
    JavaType element = type.element();
    boolean text =
        element.primitive()
            && value.elements().stream().anyMatch(e -> !(e instanceof CapturedValue.Scalar));
    if (text) {
      throw new NotBuildable("array of " + element.internal() + " with other elements");
    }
    List<Expr> elements = elements(value, element, hint);
    int missing = value.size() - elements.size();
    if (missing > 0 && value.size() <= MAX_PADDING * 10) {
      String size =
          "new " + code.raw(baseOf(type)) + "[" + value.size() + "]" + "[]".repeat(type.dims() - 1);
      String variable = code.declare(type.erased(), hint, size);
      for (int i = 0; i < elements.size(); i++) {
        code.add(variable + "[" + i + "] = " + cast(elements.get(i), element) + ";");
      }
      return new Expr(variable, type.erased());
    }
    return arrayOf(elements, type);
  }

  private static JavaType baseOf(JavaType type) {
    return new JavaType(type.internal(), 0, List.of(), false);
  }

  private Expr arrayOf(List<Expr> elements, JavaType type) {
    List<String> all = new ArrayList<>();
    for (Expr e : elements) {
      all.add(cast(e, type.element()));
    }
    return new Expr("new " + code.raw(type) + " {" + String.join(", ", all) + "}", type.erased());
  }

  Expr mapping(CapturedValue.Mapping value, JavaType target, String hint) {
    String internal = JavaType.ofBinaryName(value.type()).internal();
    boolean wrapped =
        internal.startsWith("java/util/ImmutableCollections$")
            || internal.equals("java/util/Collections$UnmodifiableMap")
            || internal.equals("java/util/Collections$SingletonMap")
            || internal.equals("java/util/Collections$EmptyMap");
    boolean unfit = !MAPS.contains(internal) || !fits(internal, target);
    String made = unfit ? mapFor(value, internal, target) : internal;
    JavaType type = list(made, target);
    String created =
        made.equals("java/util/EnumMap")
            ? "new " + name(made) + "<>(" + enumOf(value, target) + ")"
            : "new " + name(made) + (made.endsWith("Properties") ? "" : diamond(type)) + "()";
    if (value.entries().isEmpty() && !wrapped) {
      return fit(new Expr(created, type), target);
    }
    String variable = code.declare(declared(type, made, target), hint, created);
    int count = Math.min(limit, value.entries().size());
    for (CapturedValue.Entry e : value.entries().subList(0, count)) {
      Expr key = values.value(e.key(), type.argument(0), hint + "Key", Slot.NOWHERE);
      Expr entry = values.value(e.value(), type.argument(1), hint + "Value", Slot.NOWHERE);
      code.add(
          variable
              + ".put("
              + cast(key, type.argument(0))
              + ", "
              + cast(entry, type.argument(1))
              + ");");
    }
    if (count < value.size()) {
      code.note(hint + " had " + value.size() + " entries; " + count + " are restored.");
    }
    if (wrapped) {
      return new Expr(
          name("java/util/Collections") + ".unmodifiableMap(" + variable + ")",
          list("java/util/Map", target));
    }
    return fit(new Expr(variable, type), target);
  }

  private static JavaType declared(JavaType type, String made, JavaType target) {
    return target.is("java/util/Map")
        ? new JavaType("java/util/Map", 0, type.arguments(), false)
        : new JavaType(made, 0, type.arguments(), false);
  }

  private String mapFor(CapturedValue.Mapping value, String internal, JavaType target) {
    if (internal.equals("java/util/EnumMap")
        && fits(internal, target)
        && !enumOf(value, target).isEmpty()
        && code.writesArguments(list(internal, target))) {
      return internal;
    }
    for (String candidate :
        List.of(
            "java/util/LinkedHashMap",
            "java/util/TreeMap",
            "java/util/concurrent/ConcurrentHashMap",
            "java/util/Properties")) {
      if (fits(candidate, target)) {
        return candidate;
      }
    }
    throw new NotBuildable("no way to make a " + target.binaryName());
  }

  private String enumOf(CapturedValue.Mapping value, JavaType target) {
    if (target.arguments().size() == 2 && code.accessible(target.argument(0)) && target.closed()) {
      return code.raw(target.argument(0)) + ".class";
    }
    return value.entries().stream()
        .map(CapturedValue.Entry::key)
        .filter(k -> k instanceof CapturedValue.EnumConstant)
        .map(k -> code.raw(JavaType.ofBinaryName(k.type())) + ".class")
        .findFirst()
        .orElse("");
  }

  private JavaType list(String internal, JavaType target) {
    boolean same = !target.arguments().isEmpty() && target.closed();
    boolean plain = internal.endsWith("Properties");
    return new JavaType(internal, 0, same && !plain ? target.arguments() : List.of(), false);
  }

  private Expr fit(Expr e, JavaType target) {
    return values.fit(e, target);
  }

  private String name(String internal) {
    return code.name(internal);
  }
}
