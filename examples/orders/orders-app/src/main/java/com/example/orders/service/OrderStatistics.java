package com.example.orders.service;

public record OrderStatistics(int orders, long totalCents, long averageCents, int cancelledPercent) {}
