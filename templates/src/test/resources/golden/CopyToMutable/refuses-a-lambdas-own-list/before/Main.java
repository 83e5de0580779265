package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    names(List.of(List.of("a")));
  }

  static void names(List<List<String>> rows) {
    rows.forEach(row -> row.add("b"));
  }
}
