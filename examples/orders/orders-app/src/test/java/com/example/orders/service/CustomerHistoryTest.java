package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class CustomerHistoryTest {

  @Mock private CustomerService customers;
  @Mock private OrderRepository orders;
  @InjectMocks private CustomerHistory history;

  private final Order cancelled = order(12, OrderStatus.CANCELLED, 1000);
  private final Order delivered = order(11, OrderStatus.DELIVERED, 3000);

  @Test
  void showsTheNewestOrder() {
    when(orders.findByCustomer(1)).thenReturn(List.of(cancelled, delivered));

    assertThat(history.latest(1)).isEqualTo(cancelled);
  }

  @Test
  void showsTheNewestDeliveredOrder() {
    when(orders.findByCustomer(1)).thenReturn(List.of(cancelled, delivered));

    assertThat(history.latestDelivered(1)).isEqualTo(delivered);
  }

  @Test
  void reportsThatNothingWasDelivered() {
    when(orders.findByCustomer(1)).thenReturn(List.of(cancelled));

    assertThatThrownBy(() -> history.latestDelivered(1)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void averagesTheOrders() {
    when(orders.findByCustomer(1)).thenReturn(List.of(cancelled, delivered));

    assertThat(history.statistics(1)).isEqualTo(new OrderStatistics(2, 4000, 2000, 50));
  }

  @Test
  void listsAllOrders() {
    when(orders.findByCustomer(1)).thenReturn(List.of());

    assertThat(history.all(1)).isEmpty();
  }

  private static Order order(long id, OrderStatus status, long cents) {
    return Order.builder().id(id).status(status).line(new OrderLine("BAG-01", 1, cents)).build();
  }
}
