package shop;

import java.util.Collections;
import java.util.List;

class Main {
  public static void main(String[] args) {
    best(List.of());
  }

  static int worst(List<Integer> scores) {
    if (scores.isEmpty()) {
      return -1;
    }
    return Collections.min(scores);
  }

  static int best(List<Integer> scores) {
    return Collections.max(scores);
  }
}
