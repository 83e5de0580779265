package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.ShippingRate;
import com.example.orders.repository.ShipmentRepository;
import com.example.orders.repository.ShippingRateRepository;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NullFromMapOracleTest {

  private final ShippingRateRepository rates = mock(ShippingRateRepository.class);
  private final ShippingService service = new ShippingService(rates, mock(ShipmentRepository.class));

  @BeforeEach
  void onlyGermanyHasARate() {
    when(rates.ratesByCountry()).thenReturn(Map.of("DE", new ShippingRate("DE", 390, 80, 2)));
  }

  @Test
  void reportsACountryWithoutRate() {
    assertThatThrownBy(() -> service.quote("no", 1200)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> service.quote("AQ", 1)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void refusesTheWeightFirst() {
    assertThatThrownBy(() -> service.quote("NO", 0)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void stillQuotesAKnownCountry() {
    assertThat(service.quote("de", 1200)).isEqualTo(new ShippingQuote("DE", 1200, 550));
  }
}
