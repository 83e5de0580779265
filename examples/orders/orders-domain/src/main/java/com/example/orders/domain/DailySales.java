package com.example.orders.domain;

import java.time.LocalDate;

public record DailySales(LocalDate day, int orders, long totalCents) {}
