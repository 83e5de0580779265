package com.example.orders.repository;

import java.math.BigDecimal;

public interface ExchangeRates {

  boolean isSupported(String currency);

  /** How much of the currency one euro buys. */
  BigDecimal rateFor(String currency);
}
