package shop;

class Main {
  public static void main(String[] args) {
    if (new Shipments().newest(7) != 2) {
      throw new AssertionError("the newest");
    }
    try {
      new Shipments().newest(8);
    } catch (NotFoundException e) {
      return;
    }
    throw new AssertionError("there is none");
  }
}
