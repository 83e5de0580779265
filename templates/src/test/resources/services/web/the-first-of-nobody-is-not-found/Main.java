package shop;

class Main {
  public static void main(String[] args) {
    if (!new Members().firstName("Bern").equals("Al")) {
      throw new AssertionError("the first by name");
    }
    try {
      new Members().firstName("Rome");
    } catch (NotFoundException e) {
      return;
    }
    throw new AssertionError("nobody was found");
  }
}
