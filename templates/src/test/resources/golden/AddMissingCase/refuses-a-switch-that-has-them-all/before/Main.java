package shop;

class Main {
  public static void main(String[] args) {
    cost(Kind.B);
  }

  static int cost(Kind kind) {
    return switch (kind) {
      case A -> 1;
      case B -> throw new IllegalStateException("B has no cost");
    };
  }

  enum Kind {
    A,
    B
  }
}
