package com.example.orders.domain;

import lombok.Builder;
import lombok.Value;

@Value
@Builder
public class Address {
  String street;
  String postcode;
  String city;
  String country;
}
