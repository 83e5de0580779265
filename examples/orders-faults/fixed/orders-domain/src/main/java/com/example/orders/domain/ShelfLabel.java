package com.example.orders.domain;

import java.util.Locale;

public final class ShelfLabel {

  private static final int TITLE_WIDTH = 18;

  private ShelfLabel() {}

  public static String titleOf(String productName) {
    return productName.substring(0, Math.min(TITLE_WIDTH, productName.length())).strip();
  }

  public static String priceTag(long cents) {
    return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
  }
}
