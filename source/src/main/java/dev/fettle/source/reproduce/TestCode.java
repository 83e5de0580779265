package dev.fettle.source.reproduce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The growing text of one test class: imports, variables, statements, notes. Confined. */
final class TestCode {
  /** Longer tests are not read by anyone. */
  static final int MAX_LINES = 330;

  private static final Map<String, String> NAMES =
      Map.of(
          "{field}", "java/lang/reflect/Field",
          "{constructor}", "java/lang/reflect/Constructor",
          "{method}", "java/lang/reflect/Method",
          "{optional}", "java/util/Optional",
          "{arraylist}", "java/util/ArrayList",
          "{map}", "java/util/Map",
          "{hashmap}", "java/util/HashMap");

  /** Small methods that a test gets only when its statements call them. */
  enum Aid {
    SET_FIELD(
        "private static void set(Object target, Class<?> owner, String name, Object value)",
        "throws ReflectiveOperationException",
        "{field} f = owner.getDeclaredField(name);",
        "f.setAccessible(true);",
        "f.set(target, value);"),
    CONSTRUCT(
        "private static Object construct(Class<?> type, Class<?>[] parameters, Object... arguments)",
        "throws ReflectiveOperationException",
        "{constructor}<?> c = type.getDeclaredConstructor(parameters);",
        "c.setAccessible(true);",
        "return c.newInstance(arguments);"),
    EMPTY(
        "private static Object empty(Object proxy, {method} method, Object[] arguments)",
        "",
        "Class<?> type = method.getReturnType();",
        "if (method.getName().equals(\"equals\")) {",
        "  return proxy == arguments[0];",
        "}",
        "if (type == boolean.class) {",
        "  return false;",
        "}",
        "if (type == int.class) {",
        "  return 0;",
        "}",
        "if (type == long.class) {",
        "  return 0L;",
        "}",
        "if (type == double.class) {",
        "  return 0.0;",
        "}",
        "if (type == String.class) {",
        "  return \"\";",
        "}",
        "if (type == {optional}.class) {",
        "  return {optional}.empty();",
        "}",
        "if (type.isAssignableFrom({arraylist}.class) && type != Object.class) {",
        "  return new {arraylist}<>();",
        "}",
        "return type == {map}.class ? new {hashmap}<>() : null;");

    final String signature;
    final String thrown;
    final String body;

    Aid(String signature, String thrown, String... body) {
      this.signature = signature;
      this.thrown = thrown;
      this.body = String.join("\n", body);
    }

    String signature(TestCode code) {
      return named(signature, code);
    }

    List<String> body(TestCode code) {
      return body.lines().map(l -> named(l, code)).toList();
    }

    private static String named(String line, TestCode code) {
      String s = line;
      for (Map.Entry<String, String> e : NAMES.entrySet()) {
        if (s.contains(e.getKey())) {
          s = s.replace(e.getKey(), code.name(e.getValue()));
        }
      }
      return s;
    }
  }

  private final ClassPool classes;
  private final String packageName;
  private final Map<String, String> imported = new HashMap<>();
  private final Set<String> statics = new TreeSet<>();
  private final Set<String> variables = new HashSet<>();
  private final List<String> lines = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Set<Aid> aids = new TreeSet<>();
  private boolean unchecked;

  /**
   * @param packageName with slashes, of the test
   * @param className simple name of the test
   */
  TestCode(ClassPool classes, String packageName, String className) {
    this.classes = classes;
    this.packageName = packageName;
    imported.put(className, packageName + "/" + className);
    imported.put("Test", "");
  }

  String packageName() {
    return packageName;
  }

  boolean accessible(JavaType type) {
    return type.primitive() || classes.accessible(type.internal(), packageName);
  }

  /** Appends one statement or comment line. */
  void add(String line) {
    if (lines.size() >= MAX_LINES) {
      throw new NotBuildable("test would be longer than " + MAX_LINES + " lines");
    }
    lines.add(line);
  }

  void note(String note) {
    notes.add(note);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  boolean unchecked() {
    return unchecked;
  }

  void markUnchecked() {
    unchecked = true;
  }

  Set<Aid> aids() {
    return aids;
  }

  void need(Aid aid) {
    aids.add(aid);
  }

  /** A statically imported method. */
  String staticMethod(String internal, String method) {
    statics.add(internal.replace('/', '.') + "." + method);
    return method;
  }

  /** A variable name that is free, close to {@code hint}. */
  String variable(String hint) {
    String base = JavaText.variable(hint);
    String name = base;
    for (int i = 2; !variables.add(name); i++) {
      name = base + i;
    }
    return name;
  }

  /** Declares a variable and returns its name. */
  String declare(JavaType type, String hint, String expression) {
    String name = variable(hint);
    add(write(type) + " " + name + " = " + expression + ";");
    return name;
  }

  /** The type as source; raw where an argument is unknown, Object where it cannot be named. */
  String write(JavaType type) {
    if (type.primitive() || type.isVoid()) {
      return primitive(type.internal()) + "[]".repeat(type.dims());
    }
    if (type.internal().length() == 1) {
      return primitive(type.internal()) + "[]".repeat(type.dims());
    }
    if (!classes.accessible(type.internal(), packageName)) {
      return "Object" + "[]".repeat(type.dims());
    }
    String name = name(type.internal());
    boolean generic = !type.arguments().isEmpty() && type.closed() && allAccessible(type);
    if (generic) {
      name +=
          type.arguments().stream()
              .map(JavaType::boxed)
              .map(this::write)
              .collect(Collectors.joining(", ", "<", ">"));
    } else if (isGeneric(type.internal())) {
      unchecked = true;
    }
    return name + "[]".repeat(type.dims());
  }

  /** The class as source, without type arguments. */
  String raw(JavaType type) {
    return write(type.erased());
  }

  /** Whether {@link #write} keeps the type arguments. */
  boolean writesArguments(JavaType type) {
    return !type.arguments().isEmpty() && type.closed() && allAccessible(type);
  }

  private boolean allAccessible(JavaType type) {
    return type.arguments().stream().allMatch(a -> accessible(a) && allAccessible(a));
  }

  private boolean isGeneric(String internal) {
    return classes
        .find(internal)
        .map(c -> c.signature != null && c.signature.startsWith("<"))
        .orElse(false);
  }

  /** Imports the class where its simple name is free. */
  String name(String internal) {
    String binary = internal.replace('/', '.').replace('$', '.');
    int slash = internal.lastIndexOf('/');
    String nested = internal.substring(slash + 1).replace('$', '.');
    String outerSimple = nested.contains(".") ? nested.substring(0, nested.indexOf('.')) : nested;
    String outer =
        internal.contains("$") && internal.indexOf('$') > slash
            ? internal.substring(0, internal.indexOf('$', slash + 1))
            : internal;
    String taken = imported.putIfAbsent(outerSimple, outer);
    if (taken == null || taken.equals(outer)) {
      return shadowed(outerSimple, outer) ? binary : nested;
    }
    return binary;
  }

  /**
   * Whether the package of the test has a class that hides the simple name of {@code java.lang}.
   */
  private boolean shadowed(String simple, String outer) {
    return outer.equals("java/lang/" + simple) && classes.has(packageName + "/" + simple);
  }

  private static String primitive(String letter) {
    return switch (letter) {
      case "I" -> "int";
      case "J" -> "long";
      case "Z" -> "boolean";
      case "D" -> "double";
      case "F" -> "float";
      case "C" -> "char";
      case "B" -> "byte";
      case "S" -> "short";
      default -> "void";
    };
  }

  /** Import lines in order: static ones first, as both common styles accept. */
  List<String> imports(String testAnnotation) {
    Set<String> plain = new TreeSet<>();
    plain.add(testAnnotation.replace('/', '.'));
    imported.forEach(
        (simple, internal) -> {
          String pkg = ClassPool.packageOf(internal);
          if (!internal.isEmpty() && !pkg.equals("java/lang") && !pkg.equals(packageName)) {
            plain.add(internal.replace('/', '.'));
          }
        });
    List<String> all = new ArrayList<>();
    statics.forEach(s -> all.add("import static " + s + ";"));
    if (!statics.isEmpty()) {
      all.add("");
    }
    plain.forEach(p -> all.add("import " + p + ";"));
    return all;
  }
}
