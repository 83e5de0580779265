package com.example.orders.web;

import com.example.orders.domain.Product;
import com.example.orders.service.Price;
import com.example.orders.service.PricingService;
import com.example.orders.service.ProductPage;
import com.example.orders.service.ProductService;
import com.example.orders.service.Quote;
import com.example.orders.service.ShelfCard;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/products")
class ProductController {

  private final ProductService products;
  private final PricingService pricing;

  ProductController(ProductService products, PricingService pricing) {
    this.products = products;
    this.pricing = pricing;
  }

  @GetMapping
  ProductPage page(
      @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
    return products.page(page, size);
  }

  @GetMapping("/search")
  List<Product> search(@RequestParam String text) {
    return products.search(text);
  }

  @GetMapping("/{sku}")
  Product find(@PathVariable String sku) {
    return products.find(sku);
  }

  @GetMapping("/{sku}/shelf-card")
  ShelfCard shelfCard(@PathVariable String sku) {
    return products.shelfCard(sku);
  }

  @GetMapping("/{sku}/price")
  Price price(@PathVariable String sku, @RequestParam(defaultValue = "EUR") String currency) {
    return pricing.price(sku, currency);
  }

  @GetMapping("/{sku}/quote")
  Quote quote(
      @PathVariable String sku,
      @RequestParam int quantity,
      @RequestParam(defaultValue = "EUR") String currency) {
    return pricing.quote(sku, quantity, currency);
  }
}
