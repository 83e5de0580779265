package com.example.orders.service;

public record ShelfCard(String sku, String title, String price) {}
