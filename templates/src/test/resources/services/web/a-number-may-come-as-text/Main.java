package shop;

import java.util.Map;

class Main {
  public static void main(String[] args) {
    Terms terms = new Terms();
    if (terms.extend(Map.of("days", 7)) != 14 || terms.extend(Map.of("days", "7")) != 14) {
      throw new AssertionError("counts in another way");
    }
  }
}
