package com.example.orders.service;

import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class CustomerHistory {

  private final CustomerService customers;
  private final OrderRepository orders;

  public CustomerHistory(CustomerService customers, OrderRepository orders) {
    this.customers = customers;
    this.orders = orders;
  }

  public List<Order> all(long customerId) {
    customers.find(customerId);
    return orders.findByCustomer(customerId);
  }

  public Order latest(long customerId) {
    customers.find(customerId);
    return orders.findByCustomer(customerId).stream()
        .findFirst()
        .orElseThrow(() -> new NotFoundException("order of customer", customerId));
  }

  public Order latestDelivered(long customerId) {
    customers.find(customerId);
    return orders.findByCustomer(customerId).stream()
        .filter(order -> order.getStatus() == OrderStatus.DELIVERED)
        .findFirst()
        .orElseThrow(() -> new NotFoundException("delivered order of customer", customerId));
  }

  public OrderStatistics statistics(long customerId) {
    customers.find(customerId);
    List<Order> placed = orders.findByCustomer(customerId);
    long total = placed.stream().mapToLong(Order::totalCents).sum();
    long average = placed.isEmpty() ? 0 : total / placed.size();
    return new OrderStatistics(placed.size(), total, average, cancelledPercent(placed));
  }

  private static int cancelledPercent(List<Order> placed) {
    if (placed.isEmpty()) {
      return 0;
    }
    long cancelled =
        placed.stream().filter(order -> order.getStatus() == OrderStatus.CANCELLED).count();
    return (int) (cancelled * 100 / placed.size());
  }
}
