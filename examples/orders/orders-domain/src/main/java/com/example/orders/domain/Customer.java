package com.example.orders.domain;

import lombok.Builder;
import lombok.Value;

@Value
@Builder(toBuilder = true)
public class Customer {
  long id;
  String name;
  String email;
  String phone;
  Address address;
  LoyaltyTier tier;
}
