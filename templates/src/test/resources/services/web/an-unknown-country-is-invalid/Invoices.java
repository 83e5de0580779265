package shop;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

class Invoices {
  private final Map<Long, Invoice> known = new HashMap<>();
  private final TaxTable taxes = new TaxTable();

  Invoice byId(long id) {
    Invoice invoice = known.get(id);
    if (invoice == null) {
      throw new NotFoundException("invoice", id);
    }
    return invoice;
  }

  BigDecimal gross(int cents, String country) {
    if (cents <= 0) {
      throw new InvalidRequestException("cents must be positive");
    }
    BigDecimal rate = taxes.rateFor(country);
    return withTax(BigDecimal.valueOf(cents, 2), rate);
  }

  private static BigDecimal withTax(BigDecimal net, BigDecimal rate) {
    return net.add(net.multiply(rate));
  }
}

record Invoice(long id, BigDecimal net) {}

class TaxTable {
  private final Map<String, BigDecimal> rates = Map.of("CH", new BigDecimal("0.081"));

  BigDecimal rateFor(String country) {
    return rates.get(country);
  }
}
