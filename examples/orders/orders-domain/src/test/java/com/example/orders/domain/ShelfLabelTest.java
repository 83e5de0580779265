package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShelfLabelTest {

  @Test
  void cutsALongNameToTheWidthOfTheLabel() {
    assertThat(ShelfLabel.titleOf("Insulated drinking bottle 750 ml")).isEqualTo("Insulated drinking");
  }

  @Test
  void dropsTheSpaceThatTheCutLeaves() {
    assertThat(ShelfLabel.titleOf("Stoneware coffee  cup")).isEqualTo("Stoneware coffee");
  }

  @Test
  void writesCentsWithTwoDigits() {
    assertThat(ShelfLabel.priceTag(1205)).isEqualTo("12.05");
  }
}
