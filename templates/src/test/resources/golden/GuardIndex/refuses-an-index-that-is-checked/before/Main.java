package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    at(List.of("a"), 5);
  }

  static String at(List<String> names, int i) {
    if (i < 0 || i >= names.size()) {
      return names.get(0 + i);
    }
    return names.get(i);
  }
}
