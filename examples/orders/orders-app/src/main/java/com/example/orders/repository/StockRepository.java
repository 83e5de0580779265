package com.example.orders.repository;

import com.example.orders.domain.StockLevel;
import java.util.List;

public interface StockRepository {

  /** Ordered by warehouse; empty when the product was never stocked. */
  List<StockLevel> findBySku(String sku);

  void setQuantity(String sku, String warehouse, int quantity);

  void reserve(String sku, String warehouse, int quantity);
}
