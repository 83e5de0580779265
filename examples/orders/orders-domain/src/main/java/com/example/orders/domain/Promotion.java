package com.example.orders.domain;

import lombok.Value;

@Value
public class Promotion {
  String code;
  String description;
  int percent;
}
