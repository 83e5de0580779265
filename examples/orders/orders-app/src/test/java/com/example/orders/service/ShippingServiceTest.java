package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.ShippingRate;
import com.example.orders.repository.ShipmentRepository;
import com.example.orders.repository.ShippingRateRepository;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class ShippingServiceTest {

  @Mock private ShippingRateRepository rates;
  @Mock private ShipmentRepository shipments;
  @InjectMocks private ShippingService service;

  private final Map<String, ShippingRate> germany = Map.of("DE", new ShippingRate("DE", 390, 80, 2));

  @Test
  void quotesByCountryAndWeight() {
    when(rates.ratesByCountry()).thenReturn(germany);

    assertThat(service.quote("de", 1200)).isEqualTo(new ShippingQuote("DE", 1200, 550));
  }

  @Test
  void refusesAWeightOfNothing() {
    assertThatThrownBy(() -> service.quote("DE", 0)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void knowsTheDaysToACountry() {
    when(rates.ratesByCountry()).thenReturn(germany);

    assertThat(service.deliveryDays("DE")).isEqualTo(2);
  }

  @Test
  void reportsACountryWithoutDelivery() {
    when(rates.ratesByCountry()).thenReturn(germany);

    assertThatThrownBy(() -> service.deliveryDays("AQ")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void countsParcels() {
    assertThat(service.parcels(18)).isEqualTo(3);
  }

  @Test
  void refusesANegativeNumberOfItems() {
    assertThatThrownBy(() -> service.parcels(-1)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void reportsAnOrderThatWasNotShipped() {
    when(shipments.findByOrder(4)).thenReturn(Optional.empty());

    assertThatThrownBy(() -> service.shipment(4)).isInstanceOf(NotFoundException.class);
  }
}
