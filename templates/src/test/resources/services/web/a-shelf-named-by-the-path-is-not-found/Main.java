package shop;

class Main {
  public static void main(String[] args) {
    if (!new ShelfController().shelf(2).equals("C")) {
      throw new AssertionError("the last shelf is there");
    }
    try {
      new ShelfController().shelf(9);
    } catch (NotFoundException e) {
      if (!e.getMessage().contains("9")) {
        throw new AssertionError("which shelf: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was missed");
  }
}
