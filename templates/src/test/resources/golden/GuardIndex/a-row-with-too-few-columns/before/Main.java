package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    load(List.of("a;1", "b"));
  }

  static int load(List<String> rows) {
    int sum = 0;
    for (String row : rows) {
      String[] columns = row.split(";");
      sum += Integer.parseInt(columns[1]);
    }
    return sum;
  }
}
