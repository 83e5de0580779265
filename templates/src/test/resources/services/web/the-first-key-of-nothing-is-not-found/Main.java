package shop;

class Main {
  public static void main(String[] args) {
    if (!new Baskets().dearest(1).equals("a")) {
      throw new AssertionError("the first");
    }
    try {
      String none = new Baskets().dearest(2);
      if (!none.isEmpty()) {
        throw new AssertionError("there is none: " + none);
      }
    } catch (NotFoundException e) {
      return;
    }
  }
}
