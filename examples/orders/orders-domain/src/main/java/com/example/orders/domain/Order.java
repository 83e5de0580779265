package com.example.orders.domain;

import java.time.LocalDate;
import java.util.List;
import lombok.Builder;
import lombok.Singular;
import lombok.Value;

@Value
@Builder(toBuilder = true)
public class Order {
  long id;
  long customerId;
  OrderStatus status;
  LocalDate placedOn;
  LocalDate paidOn;
  String couponCode;
  @Singular List<OrderLine> lines;

  public long totalCents() {
    return lines.stream().mapToLong(OrderLine::totalCents).sum();
  }

  public int itemCount() {
    return lines.stream().mapToInt(OrderLine::getQuantity).sum();
  }
}
