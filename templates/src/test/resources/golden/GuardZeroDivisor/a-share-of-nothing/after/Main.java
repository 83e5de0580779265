package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    average(List.of());
  }

  static int average(List<Integer> values) {
    int sum = values.stream().mapToInt(v -> v).sum();
    if (values.isEmpty()) {
      return 0;
    }
    return sum / values.size();
  }
}
