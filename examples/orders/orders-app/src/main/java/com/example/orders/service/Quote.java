package com.example.orders.service;

public record Quote(String sku, int quantity, int discountPercent, String currency, long cents) {}
