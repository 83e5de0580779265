package com.example.orders.domain;

import lombok.Value;

@Value
public class ShippingRate {
  String country;
  long baseCents;
  long centsPerKilo;
  int days;

  public long costFor(int grams) {
    long startedKilos = (grams + 999) / 1000;
    return baseCents + startedKilos * centsPerKilo;
  }
}
