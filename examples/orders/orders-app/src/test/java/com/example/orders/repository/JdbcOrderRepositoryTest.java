package com.example.orders.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;

@JdbcTest
@Import(RepositoryTestConfiguration.class)
class JdbcOrderRepositoryTest {

  @Autowired private OrderRepository orders;

  @Test
  void readsAnOrderWithItsLines() {
    Order order = orders.findById(1001).orElseThrow();

    assertThat(order.getStatus()).isEqualTo(OrderStatus.DELIVERED);
    assertThat(order.getLines())
        .containsExactly(new OrderLine("BAG-01", 2, 1290), new OrderLine("PEN-06", 10, 320));
  }

  @Test
  void readsAnUnpaidOrder() {
    assertThat(orders.findById(1003).orElseThrow().getPaidOn()).isNull();
  }

  @Test
  void listsTheNewestOrderFirst() {
    assertThat(orders.findByCustomer(1)).extracting(Order::getId).containsExactly(1002L, 1001L);
  }

  @Test
  void findsTheOrdersOfSomeDays() {
    assertThat(orders.findPlacedBetween(LocalDate.of(2024, 5, 2), LocalDate.of(2024, 5, 3)))
        .extracting(Order::getId)
        .containsExactly(1002L, 1003L, 1004L);
  }

  @Test
  void insertsAnOrder() {
    List<OrderLine> lines = List.of(new OrderLine("PEN-06", 2, 320));

    Order inserted = orders.insert(2, LocalDate.of(2024, 6, 1), lines);

    assertThat(orders.findById(inserted.getId()).orElseThrow().getLines()).isEqualTo(lines);
  }

  @Test
  void updatesTheStatus() {
    orders.updateStatus(1003, "PAID");

    assertThat(orders.findById(1003).orElseThrow().getStatus()).isEqualTo(OrderStatus.PAID);
  }
}
