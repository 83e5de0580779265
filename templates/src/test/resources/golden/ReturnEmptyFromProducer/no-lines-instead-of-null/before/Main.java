package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    count("x");
  }

  static List<String> lines(String order) {
    if (order.startsWith("a")) {
      return List.of(order);
    }
    return null;
  }

  static int count(String order) {
    return lines(order).size();
  }
}
