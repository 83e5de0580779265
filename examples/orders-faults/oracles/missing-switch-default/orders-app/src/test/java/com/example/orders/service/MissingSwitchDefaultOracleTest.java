package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import com.example.orders.repository.ProductRepository;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MissingSwitchDefaultOracleTest {

  private final OrderRepository orders = mock(OrderRepository.class);
  private final OrderService service =
      new OrderService(
          orders,
          mock(ProductRepository.class),
          mock(CustomerService.class),
          mock(StockService.class),
          Clock.systemUTC());

  @ParameterizedTest
  @EnumSource(names = {"DELIVERED", "CANCELLED", "RETURNED"})
  void doesNotAdvanceAnOrderThatIsDone(OrderStatus status) {
    orderIs(status);

    assertThatThrownBy(() -> service.advance(7)).isInstanceOf(BusinessRuleException.class);
    verify(orders, never()).updateStatus(anyLong(), any());
  }

  @Test
  void stillDeliversWhatWasShipped() {
    orderIs(OrderStatus.SHIPPED);

    service.advance(7);

    verify(orders).updateStatus(7, "DELIVERED");
  }

  @Test
  void stillMovesANewOrderToPaid() {
    orderIs(OrderStatus.NEW);

    service.advance(7);

    verify(orders).updateStatus(7, "PAID");
  }

  private void orderIs(OrderStatus status) {
    when(orders.findById(7)).thenReturn(Optional.of(Order.builder().id(7).status(status).build()));
  }
}
