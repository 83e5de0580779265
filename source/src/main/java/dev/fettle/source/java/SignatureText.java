package dev.fettle.source.java;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the types of a JVM signature or descriptor as Java source. JVMS 4.7.9.1. Confined to its
 * call.
 */
final class SignatureText {
  private final String s;
  private int at;

  private SignatureText(String signature) {
    this.s = signature;
  }

  /**
   * A method's signature as source.
   *
   * @param typeParameters {@code <T extends java.lang.Comparable<T>> } with a space after, or empty
   */
  record Method(String typeParameters, List<String> parameters, String result) {}

  /** The type of a field. */
  static String type(String signature) {
    return new SignatureText(signature).type();
  }

  static Method method(String signature) {
    SignatureText text = new SignatureText(signature);
    String formals = text.formals();
    List<String> parameters = new ArrayList<>();
    text.at++;
    while (text.s.charAt(text.at) != ')') {
      parameters.add(text.type());
    }
    text.at++;
    return new Method(formals, parameters, text.type());
  }

  /** The type parameters at the start of a class signature, such as {@code <T>}; may be empty. */
  static String typeParameters(String signature) {
    return new SignatureText(signature).formals();
  }

  private String formals() {
    if (s.charAt(at) != '<') {
      return "";
    }
    at++;
    List<String> formals = new ArrayList<>();
    while (s.charAt(at) != '>') {
      int colon = s.indexOf(':', at);
      String name = s.substring(at, colon);
      at = colon;
      List<String> bounds = new ArrayList<>();
      while (s.charAt(at) == ':') {
        at++;
        if (s.charAt(at) != ':') {
          bounds.add(type());
        }
      }
      bounds.remove("java.lang.Object");
      formals.add(bounds.isEmpty() ? name : name + " extends " + String.join(" & ", bounds));
    }
    at++;
    return "<" + String.join(", ", formals) + "> ";
  }

  private String type() {
    char c = s.charAt(at++);
    return switch (c) {
      case 'V' -> "void";
      case 'Z' -> "boolean";
      case 'B' -> "byte";
      case 'C' -> "char";
      case 'S' -> "short";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'F' -> "float";
      case 'D' -> "double";
      case '[' -> type() + "[]";
      case 'T' -> {
        int end = s.indexOf(';', at);
        String name = s.substring(at, end);
        at = end + 1;
        yield name;
      }
      case 'L' -> classType();
      default -> throw new IllegalArgumentException("not a signature: " + s + " at " + at);
    };
  }

  private String classType() {
    StringBuilder name = new StringBuilder();
    while (true) {
      char c = s.charAt(at++);
      switch (c) {
        case ';' -> {
          return name.toString();
        }
        case '<' -> name.append(arguments());
        case '/', '$' -> name.append('.');
        default -> name.append(c);
      }
    }
  }

  private String arguments() {
    List<String> arguments = new ArrayList<>();
    while (s.charAt(at) != '>') {
      switch (s.charAt(at)) {
        case '*' -> {
          at++;
          arguments.add("?");
        }
        case '+' -> {
          at++;
          arguments.add("? extends " + type());
        }
        case '-' -> {
          at++;
          arguments.add("? super " + type());
        }
        default -> arguments.add(type());
      }
    }
    at++;
    return "<" + String.join(", ", arguments) + ">";
  }
}
