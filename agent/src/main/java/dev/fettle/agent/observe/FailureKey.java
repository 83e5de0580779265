package dev.fettle.agent.observe;

/** What makes two failures the same for rate limits: what was thrown, and where. */
record FailureKey(String type, String owner, String method, int line) {

  /** {@code Ljava/lang/String;} to {@code java.lang.String}, {@code I} to {@code int}. */
  static String binaryName(String descriptor) {
    return switch (descriptor.charAt(0)) {
      case 'Z' -> "boolean";
      case 'B' -> "byte";
      case 'S' -> "short";
      case 'C' -> "char";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'F' -> "float";
      case 'D' -> "double";
      case 'L' -> descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
      default -> descriptor.replace('/', '.');
    };
  }
}
