package shop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class Main {
  public static void main(String[] args) {
    add(new Order(), "hat");
  }

  static void add(Order order, String line) {
    order.addLine(line);
  }

  static class Order {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
      return Collections.unmodifiableList(lines);
    }

    void addLine(String line) {
      this.lines.add(line);
    }
  }
}
