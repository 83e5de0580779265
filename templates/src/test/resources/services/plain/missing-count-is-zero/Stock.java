package shop;

import java.util.HashMap;
import java.util.Map;

class Stock {
  private final Map<String, Integer> onHand = new HashMap<>();
  private final Map<String, Integer> reserved = new HashMap<>();

  Stock() {
    reserved.put("hat", 2);
  }

  void receive(String sku, int amount) {
    onHand.put(sku, onHand.getOrDefault(sku, 0) + amount);
  }

  int left(String sku) {
    int held = reserved.getOrDefault(sku, 0);
    return onHand.get(sku) - held;
  }
}
