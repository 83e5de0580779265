package com.example.orders.domain;

import lombok.Builder;
import lombok.Value;

@Value
@Builder(toBuilder = true)
public class Product {
  String sku;
  String name;
  long priceCents;
  Integer reorderLevel;
}
