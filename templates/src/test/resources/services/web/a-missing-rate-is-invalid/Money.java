package shop;

import java.math.BigDecimal;
import java.util.Map;

class Money {
  private final Map<String, BigDecimal> rates = Map.of("USD", BigDecimal.ONE);

  void check(String country) {
    if (country == null) {
      throw new InvalidRequestException("country is required");
    }
  }

  BigDecimal convert(BigDecimal amount, String currency) {
    BigDecimal rate = rates.get(currency);
    return amount.multiply(rate);
  }
}
