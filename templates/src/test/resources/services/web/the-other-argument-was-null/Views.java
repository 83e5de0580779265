package shop;

import java.math.BigDecimal;
import java.util.Map;

class Views {
  Map<String, Object> view(Line line) {
    return Map.of("sku", line.sku(), "price", line.price());
  }

  String label(Line line) {
    return line.sku() + (line.price() == null ? BigDecimal.ZERO : line.price());
  }
}

record Line(String sku, BigDecimal price) {}
