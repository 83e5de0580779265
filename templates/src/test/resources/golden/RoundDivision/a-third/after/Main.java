package shop;

import java.math.BigDecimal;
import java.math.RoundingMode;

class Main {
  public static void main(String[] args) {
    third(BigDecimal.ONE);
  }

  static BigDecimal tax(BigDecimal net) {
    return net.divide(new BigDecimal("5"), 2, RoundingMode.HALF_EVEN);
  }

  static BigDecimal third(BigDecimal price) {
    return price.divide(new BigDecimal("3"), 2, RoundingMode.HALF_EVEN);
  }
}
