package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassCastOracleTest {

  private final OrderRepository orders = mock(OrderRepository.class);
  private final PaymentNotifications payments = new PaymentNotifications(orders);

  @BeforeEach
  void anOrderToPay() {
    Order order =
        Order.builder().id(7).status(OrderStatus.NEW).line(new OrderLine("CUP-03", 2, 980)).build();
    when(orders.findById(7)).thenReturn(Optional.of(order));
  }

  @Test
  void refusesAnAmountInQuotes() {
    assertThatThrownBy(() -> payments.accept(Map.of("order", 7, "amountCents", "1960")))
        .isInstanceOf(InvalidRequestException.class);
    verify(orders, never()).updateStatus(anyLong(), any());
  }

  @Test
  void refusesAnAmountOfAnotherKind() {
    assertThatThrownBy(() -> payments.accept(Map.of("order", 7, "amountCents", List.of(1960))))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> payments.accept(Map.of("order", 7, "amountCents", true)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void stillAcceptsANumber() {
    assertThat(payments.accept(Map.of("order", 7, "amountCents", 1960L))).isEqualTo(OrderStatus.PAID);
    verify(orders).updateStatus(7, "PAID");
  }

  @Test
  void stillRefusesAPaymentThatIsTooSmall() {
    assertThatThrownBy(() -> payments.accept(Map.of("order", 7, "amountCents", 100)))
        .isInstanceOf(BusinessRuleException.class);
  }
}
