package com.example.orders.service;

import com.example.orders.domain.Product;
import java.util.List;

public record ProductPage(int page, int total, List<Product> items) {}
