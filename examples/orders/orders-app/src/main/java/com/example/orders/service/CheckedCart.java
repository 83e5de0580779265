package com.example.orders.service;

import com.example.orders.service.Cart.CartLine;
import java.util.List;

public record CheckedCart(List<CartLine> lines, List<String> removed) {}
