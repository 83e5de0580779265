package com.example.orders.web;

import com.example.orders.domain.StockLevel;
import com.example.orders.imports.ImportResult;
import com.example.orders.imports.PriceListImport;
import com.example.orders.imports.StockImport;
import com.example.orders.service.ReorderAdvice;
import com.example.orders.service.StockService;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api")
class StockController {

  private final StockService stock;
  private final StockImport stockImport;
  private final PriceListImport priceListImport;

  StockController(StockService stock, StockImport stockImport, PriceListImport priceListImport) {
    this.stock = stock;
    this.stockImport = stockImport;
    this.priceListImport = priceListImport;
  }

  @GetMapping("/stock/{sku}")
  List<StockLevel> levels(@PathVariable String sku) {
    return stock.levels(sku);
  }

  @GetMapping("/stock/{sku}/fullest")
  StockLevel fullest(@PathVariable String sku) {
    return stock.fullest(sku);
  }

  @GetMapping("/stock/{sku}/reorder")
  ReorderAdvice reorder(@PathVariable String sku) {
    return stock.reorderAdvice(sku);
  }

  @PostMapping(path = "/imports/stock", consumes = "text/csv")
  ImportResult importStock(@RequestBody String csv) {
    return stockImport.run(csv);
  }

  @PostMapping(path = "/imports/prices", consumes = "text/csv")
  ImportResult importPrices(@RequestBody String csv) {
    return priceListImport.run(csv);
  }
}
