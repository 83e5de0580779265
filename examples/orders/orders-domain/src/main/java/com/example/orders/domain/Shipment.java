package com.example.orders.domain;

import java.time.LocalDate;
import lombok.Builder;
import lombok.Value;

@Value
@Builder
public class Shipment {
  long orderId;
  String carrier;
  String trackingCode;
  LocalDate shippedOn;
  LocalDate deliveredOn;
}
