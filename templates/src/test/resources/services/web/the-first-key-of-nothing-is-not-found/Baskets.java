package shop;

import java.util.Map;
import java.util.TreeMap;

class Baskets {
  private final Map<Long, Map<String, Integer>> baskets =
      new TreeMap<>(Map.of(1L, new TreeMap<>(Map.of("a", 2)), 2L, new TreeMap<>()));

  Map<String, Integer> basket(long id) {
    Map<String, Integer> basket = baskets.get(id);
    if (basket == null) {
      throw new NotFoundException("basket", id);
    }
    return basket;
  }

  String first(long id) {
    Map<String, Integer> basket = basket(id);
    if (basket.isEmpty()) {
      throw new NotFoundException("sku", id);
    }
    return basket.keySet().iterator().next();
  }

  String dearest(long id) {
    return basket(id).entrySet().iterator().next().getKey();
  }
}
