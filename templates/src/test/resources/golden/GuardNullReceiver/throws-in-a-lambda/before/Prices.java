package shop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Prices {
  private final Map<String, Price> prices = new HashMap<>();

  int amount(String sku) {
    Price price = prices.get(sku);
    if (price == null) {
      throw new IllegalArgumentException("no price for " + sku);
    }
    return price.amount();
  }

  List<Integer> amounts(List<String> skus) {
    return skus.stream()
        .map(sku -> prices.get(sku).amount())
        .toList();
  }
}
