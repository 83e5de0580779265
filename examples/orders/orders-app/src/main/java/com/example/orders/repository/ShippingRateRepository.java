package com.example.orders.repository;

import com.example.orders.domain.ShippingRate;
import java.util.Map;

public interface ShippingRateRepository {

  /** Keyed by the upper-case two-letter country code. */
  Map<String, ShippingRate> ratesByCountry();
}
