package com.example.orders.service;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderStatus;
import com.example.orders.repository.OrderRepository;
import java.util.Map;
import org.springframework.stereotype.Service;

@Service
public class PaymentNotifications {

  private final OrderRepository orders;

  public PaymentNotifications(OrderRepository orders) {
    this.orders = orders;
  }

  public OrderStatus accept(Map<String, Object> payload) {
    if (!(payload.get("order") instanceof Number orderId)) {
      throw new InvalidRequestException("order must be a number");
    }
    if (payload.get("amountCents") == null) {
      throw new InvalidRequestException("amountCents is required");
    }
    if (!(payload.get("amountCents") instanceof Number amount)) {
      throw new InvalidRequestException("amountCents must be a number");
    }
    Order order =
        orders
            .findById(orderId.longValue())
            .orElseThrow(() -> new NotFoundException("order", orderId));
    if (amount.longValue() < order.totalCents()) {
      throw new BusinessRuleException("the payment does not cover order " + order.getId());
    }
    orders.updateStatus(order.getId(), OrderStatus.PAID.name());
    return OrderStatus.PAID;
  }
}
