package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StockLevelTest {

  @Test
  void leavesOutWhatIsReserved() {
    assertThat(new StockLevel("BAG-01", "EAST", 12, 2).available()).isEqualTo(10);
  }

  @Test
  void isNeverNegative() {
    assertThat(new StockLevel("BAG-01", "EAST", 1, 4).available()).isZero();
  }
}
