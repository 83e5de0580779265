package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.repository.OrderRepository;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmptyCollectionOracleTest {

  private final CustomerService customers = mock(CustomerService.class);
  private final OrderRepository orders = mock(OrderRepository.class);
  private final CustomerHistory history = new CustomerHistory(customers, orders);

  @Test
  void reportsThatThereIsNoOrder() {
    when(orders.findByCustomer(6)).thenReturn(List.of());

    assertThatThrownBy(() -> history.latest(6)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void stillShowsTheNewestOrder() {
    Order newest = Order.builder().id(12).build();
    when(orders.findByCustomer(1)).thenReturn(List.of(newest, Order.builder().id(11).build()));

    assertThat(history.latest(1)).isEqualTo(newest);
  }

  @Test
  void stillShowsTheOnlyOrder() {
    Order only = Order.builder().id(12).build();
    when(orders.findByCustomer(1)).thenReturn(List.of(only));

    assertThat(history.latest(1)).isEqualTo(only);
  }
}
