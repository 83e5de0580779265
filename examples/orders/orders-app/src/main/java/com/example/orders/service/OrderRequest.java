package com.example.orders.service;

import java.util.List;

public record OrderRequest(Long customer, List<Item> items) {

  public record Item(String sku, int quantity) {}
}
