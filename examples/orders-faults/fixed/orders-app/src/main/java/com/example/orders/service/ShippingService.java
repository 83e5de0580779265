package com.example.orders.service;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.ParcelPlan;
import com.example.orders.domain.Shipment;
import com.example.orders.domain.ShippingRate;
import com.example.orders.repository.ShipmentRepository;
import com.example.orders.repository.ShippingRateRepository;
import java.util.Locale;
import org.springframework.stereotype.Service;

@Service
public class ShippingService {

  private final ShippingRateRepository rates;
  private final ShipmentRepository shipments;

  public ShippingService(ShippingRateRepository rates, ShipmentRepository shipments) {
    this.rates = rates;
    this.shipments = shipments;
  }

  public ShippingQuote quote(String country, int grams) {
    if (grams < 1) {
      throw new InvalidRequestException("grams must be positive");
    }
    String code = country.toUpperCase(Locale.ROOT);
    ShippingRate rate = rates.ratesByCountry().get(code);
    if (rate == null) {
      throw new NotFoundException("shipping rate", code);
    }
    return new ShippingQuote(code, grams, rate.costFor(grams));
  }

  public int deliveryDays(String country) {
    String code = country.toUpperCase(Locale.ROOT);
    ShippingRate rate = rates.ratesByCountry().get(code);
    if (rate == null) {
      throw new NotFoundException("shipping rate", code);
    }
    return rate.getDays();
  }

  public int parcels(int items) {
    if (items < 0) {
      throw new InvalidRequestException("items must not be negative");
    }
    return ParcelPlan.parcelsFor(items);
  }

  public Shipment shipment(long orderId) {
    return shipments
        .findByOrder(orderId)
        .orElseThrow(() -> new NotFoundException("shipment of order", orderId));
  }
}
