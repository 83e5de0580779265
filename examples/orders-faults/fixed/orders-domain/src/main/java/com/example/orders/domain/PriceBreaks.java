package com.example.orders.domain;

public final class PriceBreaks {

  private static final int[] BELOW_QUANTITY = {10, 50, 100};
  private static final int[] PERCENT = {0, 5, 8, 12};

  private PriceBreaks() {}

  public static int percentFor(int quantity) {
    for (int i = 0; i < BELOW_QUANTITY.length; i++) {
      if (quantity < BELOW_QUANTITY[i]) {
        return PERCENT[i];
      }
    }
    return PERCENT[PERCENT.length - 1];
  }

  public static long apply(long cents, int percent) {
    return cents - cents * percent / 100;
  }
}
