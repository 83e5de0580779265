package shop;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

class Main {
  public static void main(String[] args) {
    sorted(Arrays.asList(new Row(null), new Row("b")));
  }

  static List<Row> sorted(List<Row> rows) {
    return rows.stream().sorted(Comparator.comparing(Row::name)).toList();
  }

  record Row(String name) {}
}
