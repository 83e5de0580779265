package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.repository.ShipmentRepository;
import com.example.orders.repository.ShippingRateRepository;
import org.junit.jupiter.api.Test;

class EndlessRecursionOracleTest {

  private final ShippingService shipping =
      new ShippingService(mock(ShippingRateRepository.class), mock(ShipmentRepository.class));

  @Test
  void putsTheRestIntoAParcelOfItsOwn() {
    assertThat(shipping.parcels(7)).isEqualTo(2);
    assertThat(shipping.parcels(13)).isEqualTo(3);
  }

  @Test
  void needsOneParcelForAFewItems() {
    assertThat(shipping.parcels(1)).isEqualTo(1);
    assertThat(shipping.parcels(5)).isEqualTo(1);
  }

  @Test
  void stillFillsWholeParcels() {
    assertThat(shipping.parcels(0)).isZero();
    assertThat(shipping.parcels(6)).isEqualTo(1);
    assertThat(shipping.parcels(12)).isEqualTo(2);
  }

  @Test
  void stillRefusesANegativeNumber() {
    assertThatThrownBy(() -> shipping.parcels(-1)).isInstanceOf(InvalidRequestException.class);
  }
}
