package com.example.orders.service;

public record ReorderAdvice(String sku, boolean needed, int quantity) {}
