package dev.fettle.source.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A type as generated code must write it.
 *
 * @param internal internal name ({@code java/util/List}), or the descriptor letter of a primitive
 * @param dims array dimensions
 * @param arguments type arguments; empty for raw and plain types
 * @param open stands for a type variable or wildcard whose value is not known
 */
record JavaType(String internal, int dims, List<JavaType> arguments, boolean open) {
  static final JavaType OBJECT = of("java/lang/Object");
  static final JavaType STRING = of("java/lang/String");
  private static final JavaType UNKNOWN = new JavaType("java/lang/Object", 0, List.of(), true);
  private static final Map<String, String> PRIMITIVES =
      Map.of(
          "int", "I", "long", "J", "boolean", "Z", "double", "D", "float", "F", "char", "C", "byte",
          "B", "short", "S", "void", "V");
  private static final Map<String, String> BOXES =
      Map.of(
          "I",
          "Integer",
          "J",
          "Long",
          "Z",
          "Boolean",
          "D",
          "Double",
          "F",
          "Float",
          "C",
          "Character",
          "B",
          "Byte",
          "S",
          "Short",
          "V",
          "Void");

  JavaType {
    arguments = List.copyOf(arguments);
  }

  static JavaType of(String internal) {
    return new JavaType(internal, 0, List.of(), false);
  }

  /** A descriptor or generic signature; type variables that are not bound are open. */
  static JavaType parse(String signature, Map<String, JavaType> bound) {
    return new Parser(signature, bound).type();
  }

  static JavaType parse(String descriptor) {
    return parse(descriptor, Map.of());
  }

  /** The parameter types of a method descriptor or signature. */
  static List<JavaType> parameters(String signature, Map<String, JavaType> bound) {
    Parser p = new Parser(signature, bound);
    p.at = signature.indexOf('(') + 1;
    List<JavaType> all = new ArrayList<>();
    while (signature.charAt(p.at) != ')') {
      all.add(p.type());
    }
    return all;
  }

  /** The return type of a method descriptor or signature. */
  static JavaType returned(String signature, Map<String, JavaType> bound) {
    Parser p = new Parser(signature, bound);
    p.at = signature.indexOf(')') + 1;
    return p.type();
  }

  /** A run-time class as captured: {@code int}, {@code java.util.List}, {@code [I}, {@code T[]}. */
  static JavaType ofBinaryName(String name) {
    if (name.startsWith("[")) {
      return parse(name.replace('.', '/'));
    }
    if (name.endsWith("[]")) {
      JavaType element = ofBinaryName(name.substring(0, name.length() - 2));
      return element.array();
    }
    String primitive = PRIMITIVES.get(name);
    return of(primitive != null ? primitive : name.replace('.', '/'));
  }

  boolean primitive() {
    return dims == 0 && internal.length() == 1 && BOXES.containsKey(internal);
  }

  boolean isVoid() {
    return dims == 0 && internal.equals("V");
  }

  boolean is(String otherInternal) {
    return dims == 0 && internal.equals(otherInternal);
  }

  boolean isObject() {
    return is("java/lang/Object");
  }

  /** The primitive behind a box, else this. */
  JavaType unboxed() {
    if (dims == 0 && internal.startsWith("java/lang/")) {
      String simple = internal.substring("java/lang/".length());
      for (Map.Entry<String, String> e : BOXES.entrySet()) {
        if (e.getValue().equals(simple)) {
          return of(e.getKey());
        }
      }
    }
    return this;
  }

  JavaType boxed() {
    String box = primitive() ? BOXES.get(internal) : null;
    return box == null ? this : of("java/lang/" + box);
  }

  JavaType erased() {
    return new JavaType(internal, dims, List.of(), false);
  }

  JavaType array() {
    return new JavaType(internal, dims + 1, arguments, open);
  }

  JavaType element() {
    return dims == 0 ? UNKNOWN : new JavaType(internal, dims - 1, arguments, open);
  }

  /** The argument, or an unknown object. */
  JavaType argument(int index) {
    return index < arguments.size() ? arguments.get(index) : UNKNOWN;
  }

  /** Whether every part can be written as it is. */
  boolean closed() {
    return !open && arguments.stream().allMatch(JavaType::closed);
  }

  String simpleName() {
    String tail = internal.substring(internal.lastIndexOf('/') + 1);
    return tail.substring(tail.lastIndexOf('$') + 1);
  }

  String binaryName() {
    return internal.replace('/', '.');
  }

  private static final class Parser {
    private final String text;
    private final Map<String, JavaType> bound;
    private int at;

    Parser(String text, Map<String, JavaType> bound) {
      this.text = text;
      this.bound = bound;
    }

    JavaType type() {
      char c = text.charAt(at++);
      if (c == '[') {
        return type().array();
      }
      if (c == 'L') {
        return declared();
      }
      if (c == 'T') {
        int end = text.indexOf(';', at);
        JavaType value = bound.get(text.substring(at, end));
        at = end + 1;
        return value == null ? UNKNOWN : value;
      }
      if (c == '*') {
        return UNKNOWN;
      }
      if (c == '+' || c == '-') {
        return type();
      }
      return of(String.valueOf(c));
    }

    private JavaType declared() {
      StringBuilder name = new StringBuilder();
      List<JavaType> arguments = new ArrayList<>();
      while (true) {
        char c = text.charAt(at++);
        if (c == ';') {
          return new JavaType(name.toString(), 0, arguments, false);
        }
        if (c == '<') {
          arguments = new ArrayList<>();
          while (text.charAt(at) != '>') {
            arguments.add(type());
          }
          at++;
        } else if (c == '.') {
          arguments = new ArrayList<>();
          name.append('$');
        } else {
          name.append(c);
        }
      }
    }
  }
}
