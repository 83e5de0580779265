package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBreaksTest {

  @ParameterizedTest
  @CsvSource({"1, 0", "9, 0", "10, 5", "49, 5", "50, 8", "99, 8"})
  void growsWithTheQuantity(int quantity, int percent) {
    assertThat(PriceBreaks.percentFor(quantity)).isEqualTo(percent);
  }

  @Test
  void takesThePercentOff() {
    assertThat(PriceBreaks.apply(9800, 5)).isEqualTo(9310);
  }
}
