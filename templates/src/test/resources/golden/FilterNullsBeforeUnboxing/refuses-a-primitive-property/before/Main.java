package shop;

import java.util.Arrays;
import java.util.List;

class Main {
  public static void main(String[] args) {
    total(Arrays.asList(new Line(2), null));
  }

  static int total(List<Line> lines) {
    return lines.stream().mapToInt(Line::quantity).sum();
  }

  record Line(int quantity) {}
}
