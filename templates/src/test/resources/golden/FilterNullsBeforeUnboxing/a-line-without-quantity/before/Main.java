package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    total(List.of(new Line(2), new Line(null)));
  }

  static int total(List<Line> lines) {
    return lines.stream().mapToInt(Line::quantity).sum();
  }

  record Line(Integer quantity) {}
}
