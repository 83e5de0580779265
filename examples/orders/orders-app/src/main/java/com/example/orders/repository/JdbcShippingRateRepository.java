package com.example.orders.repository;

import com.example.orders.domain.ShippingRate;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class JdbcShippingRateRepository implements ShippingRateRepository {

  private final JdbcTemplate jdbc;

  JdbcShippingRateRepository(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<String, ShippingRate> ratesByCountry() {
    Map<String, ShippingRate> rates = new HashMap<>();
    jdbc.query(
        "select country, base_cents, cents_per_kilo, days from shipping_rate",
        row -> {
          String country = row.getString(1);
          rates.put(
              country, new ShippingRate(country, row.getLong(2), row.getLong(3), row.getInt(4)));
        });
    return rates;
  }
}
