package com.example.orders.service;

import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.repository.OrderRepository;
import java.util.Objects;
import org.springframework.stereotype.Service;

@Service
public class CouponService {

  private static final String STAFF_COUPON = "STAFF";

  private final OrderRepository orders;

  public CouponService(OrderRepository orders) {
    this.orders = orders;
  }

  public boolean isApplied(long orderId, String code) {
    return Objects.equals(order(orderId).getCouponCode(), code);
  }

  public boolean isStaffOrder(long orderId) {
    return STAFF_COUPON.equals(order(orderId).getCouponCode());
  }

  private Order order(long id) {
    return orders.findById(id).orElseThrow(() -> new NotFoundException("order", id));
  }
}
