package com.example.orders.domain;

public enum OrderStatus {
  NEW,
  PAID,
  SHIPPED,
  DELIVERED,
  CANCELLED,
  RETURNED
}
