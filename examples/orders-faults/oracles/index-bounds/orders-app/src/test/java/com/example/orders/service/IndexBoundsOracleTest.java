package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.repository.OrderRepository;
import com.example.orders.repository.ProductRepository;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexBoundsOracleTest {

  private final OrderRepository orders = mock(OrderRepository.class);
  private final OrderService service =
      new OrderService(
          orders,
          mock(ProductRepository.class),
          mock(CustomerService.class),
          mock(StockService.class),
          Clock.systemUTC());

  @BeforeEach
  void anOrderOfTwoLines() {
    Order order =
        Order.builder()
            .id(7)
            .line(new OrderLine("BAG-01", 2, 1290))
            .line(new OrderLine("PEN-06", 1, 320))
            .build();
    when(orders.findById(7)).thenReturn(Optional.of(order));
  }

  @Test
  void reportsALineBehindTheLastOne() {
    assertThatThrownBy(() -> service.line(7, 3)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> service.line(7, 40)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void rejectsALineBeforeTheFirstOne() {
    assertThatThrownBy(() -> service.line(7, 0))
        .isInstanceOfAny(NotFoundException.class, InvalidRequestException.class);
  }

  @Test
  void stillShowsTheFirstAndTheLastLine() {
    assertThat(service.line(7, 1).getSku()).isEqualTo("BAG-01");
    assertThat(service.line(7, 2).getSku()).isEqualTo("PEN-06");
  }
}
