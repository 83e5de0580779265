package shop;

class Main {
  public static void main(String[] args) {
    try {
      new Invoices().send("I-9");
    } catch (NotFoundException e) {
      if (!"invoice I-9 not found".equals(e.getMessage())) {
        throw new AssertionError("wrong message: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
