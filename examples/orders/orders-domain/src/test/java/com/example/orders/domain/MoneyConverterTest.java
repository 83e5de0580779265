package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyConverterTest {

  @Test
  void multipliesByTheRate() {
    assertThat(MoneyConverter.convert(1000, new BigDecimal("1.08"))).isEqualTo(1080);
  }

  @Test
  void roundsHalvesToTheEvenCent() {
    assertThat(MoneyConverter.convert(25, new BigDecimal("0.9"))).isEqualTo(22);
  }
}
