package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OrderTest {

  private final Order order =
      Order.builder()
          .id(1)
          .status(OrderStatus.NEW)
          .line(new OrderLine("BAG-01", 2, 1290))
          .line(new OrderLine("PEN-06", 10, 320))
          .build();

  @Test
  void sumsItsLines() {
    assertThat(order.totalCents()).isEqualTo(5780);
  }

  @Test
  void countsItsItems() {
    assertThat(order.itemCount()).isEqualTo(12);
  }

  @Test
  void isWorthNothingWithoutLines() {
    assertThat(Order.builder().id(2).build().totalCents()).isZero();
  }

  @Test
  void doesNotLetItsLinesBeChanged() {
    assertThatThrownBy(() -> order.getLines().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
