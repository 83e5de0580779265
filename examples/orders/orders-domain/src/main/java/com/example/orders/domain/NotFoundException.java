package com.example.orders.domain;

public class NotFoundException extends RuntimeException {

  public NotFoundException(String kind, Object id) {
    super(kind + " " + id + " not found");
  }
}
