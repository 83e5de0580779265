package shop;

class Main {
  public static void main(String[] args) {
    try {
      new Money().convert(java.math.BigDecimal.TEN, "XXX");
    } catch (InvalidRequestException e) {
      if (!"unknown currency: XXX".equals(e.getMessage())) {
        throw new AssertionError("wrong message: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
