package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import java.util.List;
import org.junit.jupiter.api.Test;

class DivisionByZeroOracleTest {

  private final CustomerService customers = mock(CustomerService.class);
  private final OrderRepository orders = mock(OrderRepository.class);
  private final CustomerHistory history = new CustomerHistory(customers, orders);

  @Test
  void isAllZeroWithoutOrders() {
    when(orders.findByCustomer(5)).thenReturn(List.of());

    assertThat(history.statistics(5)).isEqualTo(new OrderStatistics(0, 0, 0, 0));
  }

  @Test
  void stillAveragesTheOrders() {
    when(orders.findByCustomer(1))
        .thenReturn(List.of(order(OrderStatus.PAID, 1001), order(OrderStatus.CANCELLED, 500)));

    assertThat(history.statistics(1)).isEqualTo(new OrderStatistics(2, 1501, 750, 50));
  }

  @Test
  void stillCountsASingleOrder() {
    when(orders.findByCustomer(1)).thenReturn(List.of(order(OrderStatus.NEW, 700)));

    assertThat(history.statistics(1)).isEqualTo(new OrderStatistics(1, 700, 700, 0));
  }

  @Test
  void stillReportsAnUnknownCustomer() {
    when(customers.find(9)).thenThrow(new NotFoundException("customer", 9));

    assertThatThrownBy(() -> history.statistics(9)).isInstanceOf(NotFoundException.class);
  }

  private static Order order(OrderStatus status, long cents) {
    return Order.builder().status(status).line(new OrderLine("BAG-01", 1, cents)).build();
  }
}
