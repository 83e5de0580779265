package com.example.orders.service;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.service.Cart.CartLine;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class CartService {

  private final StockService stock;

  public CartService(StockService stock) {
    this.stock = stock;
  }

  public CheckedCart check(Cart cart) {
    if (cart.lines() == null) {
      throw new InvalidRequestException("lines are required");
    }
    List<CartLine> lines = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (CartLine line : cart.lines()) {
      if (stock.available(line.sku()) < line.quantity()) {
        removed.add(line.sku());
      } else {
        lines.add(line);
      }
    }
    return new CheckedCart(lines, removed);
  }
}
