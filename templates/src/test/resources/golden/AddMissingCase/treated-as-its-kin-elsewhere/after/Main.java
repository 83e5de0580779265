package shop;

class Main {
  public static void main(String[] args) {
    cost(Kind.C);
  }

  static String label(Kind kind) {
    return switch (kind) {
      case A -> "a";
      case B, C -> "other";
    };
  }

  static int cost(Kind kind) {
    return switch (kind) {
      case A -> 1;
      case B, C -> 2;
      default -> throw new IllegalStateException("no cost of " + kind);
    };
  }

  enum Kind {
    A,
    B,
    C
  }
}
