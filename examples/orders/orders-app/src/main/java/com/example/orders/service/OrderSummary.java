package com.example.orders.service;

import com.example.orders.domain.OrderStatus;

public record OrderSummary(
    long id, OrderStatus status, String customer, String phone, String city, long totalCents) {}
