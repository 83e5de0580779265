package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    add(new Order(), "hat");
  }

  static void add(Order order, String line) {
    order.lines().add(line);
  }

  static class Order {
    List<String> lines() {
      return List.of();
    }
  }
}
