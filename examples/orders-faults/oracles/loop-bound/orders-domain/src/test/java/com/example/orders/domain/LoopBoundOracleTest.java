package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopBoundOracleTest {

  @Test
  void givesTheLargestDiscountFromTheLastBreakOn() {
    assertThat(PriceBreaks.percentFor(100)).isEqualTo(12);
    assertThat(PriceBreaks.percentFor(250)).isEqualTo(12);
    assertThat(PriceBreaks.percentFor(Integer.MAX_VALUE)).isEqualTo(12);
  }

  @Test
  void stillGivesTheSmallerDiscountsBelow() {
    assertThat(PriceBreaks.percentFor(99)).isEqualTo(8);
    assertThat(PriceBreaks.percentFor(50)).isEqualTo(8);
    assertThat(PriceBreaks.percentFor(49)).isEqualTo(5);
    assertThat(PriceBreaks.percentFor(10)).isEqualTo(5);
  }

  @Test
  void stillGivesNoDiscountForAFewItems() {
    assertThat(PriceBreaks.percentFor(9)).isZero();
    assertThat(PriceBreaks.percentFor(1)).isZero();
  }
}
