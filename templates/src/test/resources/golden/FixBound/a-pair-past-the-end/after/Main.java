package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    rises(List.of(1, 2));
  }

  static boolean rises(List<Integer> values) {
    for (int i = 0; i < values.size() - 1; i++) {
      if (values.get(i) > values.get(i + 1)) {
        return false;
      }
    }
    return true;
  }
}
