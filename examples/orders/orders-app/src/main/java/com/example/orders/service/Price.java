package com.example.orders.service;

public record Price(String sku, String currency, long cents) {}
