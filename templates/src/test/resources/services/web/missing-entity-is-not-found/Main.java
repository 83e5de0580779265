package shop;

class Main {
  public static void main(String[] args) {
    try {
      new OrderService().total(7);
    } catch (NotFoundException e) {
      if (!"order 7 not found".equals(e.getMessage())) {
        throw new AssertionError("wrong message: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
