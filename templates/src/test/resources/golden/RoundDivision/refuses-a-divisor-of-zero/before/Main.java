package shop;

import java.math.BigDecimal;

class Main {
  public static void main(String[] args) {
    share(BigDecimal.ZERO);
  }

  static BigDecimal share(BigDecimal all) {
    return BigDecimal.ONE.divide(all);
  }
}
