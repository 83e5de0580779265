package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.Address;
import com.example.orders.domain.Customer;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import com.example.orders.repository.ProductRepository;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NullInChainOracleTest {

  private final OrderRepository orders = mock(OrderRepository.class);
  private final CustomerService customers = mock(CustomerService.class);
  private final OrderService service =
      new OrderService(
          orders, mock(ProductRepository.class), customers, mock(StockService.class), Clock.systemUTC());

  private final Customer dan = Customer.builder().id(4).name("Dan").phone("77").build();

  @BeforeEach
  void danHasAnOrder() {
    Order order =
        Order.builder()
            .id(6)
            .customerId(4)
            .status(OrderStatus.PAID)
            .line(new OrderLine("BOT-02", 2, 2450))
            .build();
    when(orders.findById(6)).thenReturn(Optional.of(order));
  }

  @Test
  void leavesTheCityOutWithoutAddress() {
    when(customers.find(4)).thenReturn(dan);

    assertThat(service.summary(6).city()).isNullOrEmpty();
  }

  @Test
  void keepsEverythingElseWithoutAddress() {
    when(customers.find(4)).thenReturn(dan);

    OrderSummary summary = service.summary(6);

    assertThat(summary.customer()).isEqualTo("Dan");
    assertThat(summary.phone()).isEqualTo("77");
    assertThat(summary.status()).isEqualTo(OrderStatus.PAID);
    assertThat(summary.totalCents()).isEqualTo(4900);
  }

  @Test
  void stillShowsTheCityOfAnAddress() {
    Address address = Address.builder().city("Leeds").build();
    when(customers.find(4)).thenReturn(dan.toBuilder().address(address).build());

    assertThat(service.summary(6).city()).isEqualTo("LEEDS");
  }
}
