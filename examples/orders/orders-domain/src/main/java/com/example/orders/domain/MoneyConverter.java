package com.example.orders.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

public final class MoneyConverter {

  private MoneyConverter() {}

  public static long convert(long cents, BigDecimal rate) {
    BigDecimal converted = rate.multiply(BigDecimal.valueOf(cents));
    return converted.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }
}
