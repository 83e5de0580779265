package com.example.orders.service;

import java.util.List;

public record Cart(List<CartLine> lines) {

  public record CartLine(String sku, int quantity) {}
}
