package com.example.orders.service;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Product;
import com.example.orders.domain.StockLevel;
import com.example.orders.repository.ProductRepository;
import com.example.orders.repository.StockRepository;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class StockService {

  private final StockRepository stock;
  private final ProductRepository products;

  public StockService(StockRepository stock, ProductRepository products) {
    this.stock = stock;
    this.products = products;
  }

  public List<StockLevel> levels(String sku) {
    return stock.findBySku(sku);
  }

  public int available(String sku) {
    return stock.findBySku(sku).stream().mapToInt(StockLevel::available).sum();
  }

  public StockLevel level(String sku, String warehouse) {
    return stock.findBySku(sku).stream()
        .filter(level -> level.getWarehouse().equals(warehouse))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("stock", sku + "/" + warehouse));
  }

  public StockLevel fullest(String sku) {
    return stock.findBySku(sku).stream()
        .max(Comparator.comparingInt(StockLevel::available))
        .orElseThrow(() -> new NotFoundException("stock", sku));
  }

  public void reserve(String sku, int quantity) {
    StockLevel source =
        stock.findBySku(sku).stream()
            .filter(level -> level.available() >= quantity)
            .findFirst()
            .orElseThrow(() -> new BusinessRuleException(sku + " is out of stock"));
    stock.reserve(sku, source.getWarehouse(), quantity);
  }

  public ReorderAdvice reorderAdvice(String sku) {
    return new ReorderAdvice(sku, needsReorder(sku), reorderQuantity(sku));
  }

  public boolean needsReorder(String sku) {
    Product product = product(sku);
    return product.getReorderLevel() != null && available(sku) < product.getReorderLevel();
  }

  public int reorderQuantity(String sku) {
    Product product = product(sku);
    if (product.getReorderLevel() == null) {
      return 0;
    }
    int missing = product.getReorderLevel() - available(sku);
    return Math.max(missing, 0);
  }

  private Product product(String sku) {
    return products.findBySku(sku).orElseThrow(() -> new NotFoundException("product", sku));
  }
}
