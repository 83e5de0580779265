package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    page(List.of("a", "b", "c"), 2);
  }

  static List<String> page(List<String> all, int from) {
    return all.subList(Math.min(from, all.size()), Math.min(from + 2, all.size()));
  }
}
