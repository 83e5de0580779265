package com.example.orders.domain;

import lombok.Value;

@Value
public class OrderLine {
  String sku;
  int quantity;
  long unitPriceCents;

  public long totalCents() {
    return quantity * unitPriceCents;
  }
}
