package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.repository.OrderRepository;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EqualsOnNullOracleTest {

  private final OrderRepository orders = mock(OrderRepository.class);
  private final CouponService coupons = new CouponService(orders);

  @Test
  void isNotAppliedToAnOrderWithoutCoupon() {
    couponIs(null);

    assertThat(coupons.isApplied(7, "SPRING")).isFalse();
    assertThat(coupons.isApplied(7, "")).isFalse();
  }

  @Test
  void stillComparesTheCouponOfAnOrder() {
    couponIs("SPRING");

    assertThat(coupons.isApplied(7, "SPRING")).isTrue();
    assertThat(coupons.isApplied(7, "spring")).isFalse();
    assertThat(coupons.isApplied(7, "WELCOME")).isFalse();
  }

  @Test
  void stillReportsAnUnknownOrder() {
    when(orders.findById(8)).thenReturn(Optional.empty());

    assertThatThrownBy(() -> coupons.isApplied(8, "SPRING")).isInstanceOf(NotFoundException.class);
  }

  private void couponIs(String code) {
    when(orders.findById(7)).thenReturn(Optional.of(Order.builder().id(7).couponCode(code).build()));
  }
}
