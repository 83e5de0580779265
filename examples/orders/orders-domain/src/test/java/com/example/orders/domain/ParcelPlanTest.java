package com.example.orders.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParcelPlanTest {

  @Test
  void needsNoParcelForNothing() {
    assertThat(ParcelPlan.parcelsFor(0)).isZero();
  }

  @Test
  void putsSixItemsIntoOneParcel() {
    assertThat(ParcelPlan.parcelsFor(6)).isEqualTo(1);
  }

  @Test
  void fillsOneParcelAfterTheOther() {
    assertThat(ParcelPlan.parcelsFor(24)).isEqualTo(4);
  }
}
