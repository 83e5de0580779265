package com.example.orders.domain;

import lombok.Value;

@Value
public class StockLevel {
  String sku;
  String warehouse;
  int quantity;
  int reserved;

  public int available() {
    return Math.max(quantity - reserved, 0);
  }
}
