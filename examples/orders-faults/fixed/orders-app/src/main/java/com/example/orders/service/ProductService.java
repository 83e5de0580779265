package com.example.orders.service;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Product;
import com.example.orders.domain.ShelfLabel;
import com.example.orders.domain.Slices;
import com.example.orders.repository.ProductRepository;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Service;

@Service
public class ProductService {

  private static final int SEARCH_LIMIT = 20;

  private final ProductRepository products;

  public ProductService(ProductRepository products) {
    this.products = products;
  }

  public Product find(String sku) {
    return products.findBySku(sku).orElseThrow(() -> new NotFoundException("product", sku));
  }

  public ProductPage page(int page, int size) {
    if (page < 0 || size < 1) {
      throw new InvalidRequestException("page must be 0 or more and size at least 1");
    }
    List<Product> all = products.findAll();
    return new ProductPage(page, all.size(), Slices.slice(all, page * size, page * size + size));
  }

  public List<Product> search(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<Product> hits =
        products.findAll().stream()
            .filter(product -> product.getName().toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    return Slices.slice(hits, 0, SEARCH_LIMIT);
  }

  public ShelfCard shelfCard(String sku) {
    Product product = find(sku);
    return new ShelfCard(
        sku,
        ShelfLabel.titleOf(product.getName()),
        ShelfLabel.priceTag(product.getPriceCents()));
  }
}
