package shop;

import java.util.List;

class Basket {
  private final List<String> lines;

  Basket(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  List<String> lines() {
    return lines;
  }
}

class Baskets {
  List<String> add(Basket basket, String line) {
    basket.lines().add(line);
    return basket.lines();
  }
}
