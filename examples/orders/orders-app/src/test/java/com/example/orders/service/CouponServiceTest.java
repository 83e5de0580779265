package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.repository.OrderRepository;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class CouponServiceTest {

  @Mock private OrderRepository orders;
  @InjectMocks private CouponService coupons;

  @Test
  void knowsTheCouponOfAnOrder() {
    when(orders.findById(7)).thenReturn(Optional.of(Order.builder().couponCode("SPRING").build()));

    assertThat(coupons.isApplied(7, "SPRING")).isTrue();
    assertThat(coupons.isApplied(7, "WELCOME")).isFalse();
  }

  @Test
  void knowsStaffOrders() {
    when(orders.findById(7)).thenReturn(Optional.of(Order.builder().couponCode("STAFF").build()));

    assertThat(coupons.isStaffOrder(7)).isTrue();
  }

  @Test
  void reportsAnUnknownOrder() {
    when(orders.findById(8)).thenReturn(Optional.empty());

    assertThatThrownBy(() -> coupons.isApplied(8, "SPRING")).isInstanceOf(NotFoundException.class);
  }
}
