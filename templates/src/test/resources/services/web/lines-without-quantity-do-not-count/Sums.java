package shop;

import java.util.List;

record Line(Integer quantity) {}

class Sums {
  int total(List<Line> lines) {
    return lines.stream().mapToInt(Line::quantity).sum();
  }
}
