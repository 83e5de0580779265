package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    third(List.of("a"));
  }

  static String third(List<String> names) {
    return names.get(2);
  }
}
