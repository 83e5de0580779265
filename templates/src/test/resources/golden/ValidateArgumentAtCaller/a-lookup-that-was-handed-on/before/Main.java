package shop;

import java.util.HashMap;
import java.util.Map;

class Main {
  public static void main(String[] args) {
    price("a");
  }

  static final Map<String, String> NAMES = new HashMap<>();

  static String greet(String id) {
    String name = NAMES.get(id);
    if (name == null) {
      throw new IllegalArgumentException("unknown name " + id);
    }
    return name;
  }

  static int price(String id) {
    String label = NAMES.get(id);
    return length(label);
  }

  static int length(String text) {
    return text.length();
  }
}
