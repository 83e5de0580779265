package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.verify;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class PaymentNotificationsTest {

  @Mock private OrderRepository orders;
  @InjectMocks private PaymentNotifications payments;

  @BeforeEach
  void setUp() {
    Order order =
        Order.builder().id(7).status(OrderStatus.NEW).line(new OrderLine("BAG-01", 1, 1290)).build();
    lenient().when(orders.findById(7)).thenReturn(Optional.of(order));
    lenient().when(orders.findById(8)).thenReturn(Optional.empty());
  }

  @Test
  void marksTheOrderAsPaid() {
    assertThat(payments.accept(Map.of("order", 7, "amountCents", 1290))).isEqualTo(OrderStatus.PAID);
    verify(orders).updateStatus(7, "PAID");
  }

  @Test
  void refusesAPaymentThatIsTooSmall() {
    assertThatThrownBy(() -> payments.accept(Map.of("order", 7, "amountCents", 1289)))
        .isInstanceOf(BusinessRuleException.class);
  }

  @Test
  void refusesAnOrderThatIsNoNumber() {
    assertThatThrownBy(() -> payments.accept(Map.of("order", "seven", "amountCents", 1290)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void refusesAPaymentWithoutAmount() {
    assertThatThrownBy(() -> payments.accept(Map.of("order", 7)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void reportsAnUnknownOrder() {
    assertThatThrownBy(() -> payments.accept(Map.of("order", 8, "amountCents", 1)))
        .isInstanceOf(NotFoundException.class);
  }
}
