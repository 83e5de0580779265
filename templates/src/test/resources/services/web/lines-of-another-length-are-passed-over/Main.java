package shop;

import java.util.Map;

class Main {
  public static void main(String[] args) {
    Map<String, Integer> sums = new Scales().weigh("a 5\nnote\nb x\na 1\n");
    if (!sums.equals(Map.of("a", 6))) {
      throw new AssertionError("wrong: " + sums);
    }
  }
}
