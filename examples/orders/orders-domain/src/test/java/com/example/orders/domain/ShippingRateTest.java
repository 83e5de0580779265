package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShippingRateTest {

  private final ShippingRate germany = new ShippingRate("DE", 390, 80, 2);

  @Test
  void chargesEveryStartedKilo() {
    assertThat(germany.costFor(1200)).isEqualTo(550);
  }

  @Test
  void chargesAWholeKiloOnce() {
    assertThat(germany.costFor(1000)).isEqualTo(470);
  }
}
