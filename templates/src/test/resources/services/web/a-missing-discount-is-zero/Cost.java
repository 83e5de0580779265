package shop;

import java.math.BigDecimal;
import java.util.List;

record Item(BigDecimal price, BigDecimal discount) {}

class Cost {
  BigDecimal total(List<Item> items) {
    BigDecimal total = BigDecimal.ZERO;
    for (Item item : items) {
      total = total.add(item.price().subtract(item.discount()));
    }
    return total;
  }
}
