package shop;

import java.math.BigDecimal;

class Main {
  public static void main(String[] args) {
    if (!new Views().view(new Line("a", BigDecimal.TEN)).get("price").equals(BigDecimal.TEN)) {
      throw new AssertionError("a price");
    }
    if (!new Views().view(new Line("b", null)).get("price").equals(BigDecimal.ZERO)) {
      throw new AssertionError("no price");
    }
  }
}
