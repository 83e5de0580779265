package shop;

class Main {
  public static void main(String[] args) {
    try {
      new Invoices().gross(100, "XX");
    } catch (InvalidRequestException e) {
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
