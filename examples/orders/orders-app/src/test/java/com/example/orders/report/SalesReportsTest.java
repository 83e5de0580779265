package com.example.orders.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import com.example.orders.domain.DailySales;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class SalesReportsTest {

  private static final LocalDate MAY_2 = LocalDate.of(2024, 5, 2);
  private static final LocalDate MAY_4 = LocalDate.of(2024, 5, 4);

  @Mock private OrderRepository orders;
  @InjectMocks private SalesReports reports;

  @Test
  void leavesOutCancelledOrders() {
    when(orders.findPlacedBetween(MAY_2, MAY_2))
        .thenReturn(List.of(order(MAY_2, OrderStatus.PAID), order(MAY_2, OrderStatus.CANCELLED)));

    assertThat(reports.salesOn(MAY_2)).isEqualTo(new DailySales(MAY_2, 1, 500));
  }

  @Test
  void countsNothingOnAQuietDay() {
    when(orders.findPlacedBetween(MAY_2, MAY_2)).thenReturn(List.of());

    assertThat(reports.salesOn(MAY_2)).isEqualTo(new DailySales(MAY_2, 0, 0));
  }

  @Test
  void countsTheOrdersOfEachDay() {
    when(orders.findPlacedBetween(MAY_2, MAY_4))
        .thenReturn(
            List.of(
                order(MAY_2, OrderStatus.PAID),
                order(MAY_4, OrderStatus.PAID),
                order(MAY_4, OrderStatus.NEW)));

    assertThat(reports.ordersPerDay(MAY_2, MAY_4)).containsExactly(1, 0, 2);
  }

  @Test
  void countsASingleDay() {
    when(orders.findPlacedBetween(MAY_4, MAY_4)).thenReturn(List.of());

    assertThat(reports.ordersPerDay(MAY_4, MAY_4)).containsExactly(0);
  }

  private static Order order(LocalDate day, OrderStatus status) {
    return Order.builder().placedOn(day).status(status).line(new OrderLine("PEN-06", 1, 500)).build();
  }
}
