package com.example.orders.report;

import com.example.orders.domain.DailySales;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class SalesReports {

  private final OrderRepository orders;

  public SalesReports(OrderRepository orders) {
    this.orders = orders;
  }

  public DailySales salesOn(LocalDate day) {
    List<Order> sold =
        orders.findPlacedBetween(day, day).stream()
            .filter(order -> order.getStatus() != OrderStatus.CANCELLED)
            .toList();
    long total = sold.stream().mapToLong(Order::totalCents).sum();
    return new DailySales(day, sold.size(), total);
  }

  /** One count per day, the first for {@code from}, the last for {@code to}. */
  public int[] ordersPerDay(LocalDate from, LocalDate to) {
    if (from.isAfter(to)) {
      throw new InvalidRequestException("from must not be after to");
    }
    int[] counts = new int[(int) ChronoUnit.DAYS.between(from, to) + 1];
    for (Order order : orders.findPlacedBetween(from, to)) {
      counts[(int) ChronoUnit.DAYS.between(from, order.getPlacedOn())]++;
    }
    return counts;
  }
}
