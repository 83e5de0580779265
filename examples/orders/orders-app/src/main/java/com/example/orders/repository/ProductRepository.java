package com.example.orders.repository;

import com.example.orders.domain.Product;
import java.util.List;
import java.util.Optional;

public interface ProductRepository {

  Optional<Product> findBySku(String sku);

  /** Ordered by SKU. */
  List<Product> findAll();

  void updatePrice(String sku, long priceCents);
}
