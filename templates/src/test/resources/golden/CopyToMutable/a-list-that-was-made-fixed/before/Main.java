package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    names();
  }

  static List<String> names() {
    List<String> names = List.of("a");
    names.add("b");
    return names;
  }
}
