package dev.fettle.source.reproduce;

/** Source of an expression and what javac will say its type is. */
record Expr(String code, JavaType type) {
  static final Expr NULL = new Expr("null", JavaType.of("null"));

  boolean isNull() {
    return equals(NULL);
  }
}
