package shop;

import java.util.LinkedHashMap;
import java.util.Map;

class Scales {
  /** Adds up weights by scale; what is no weight is passed over. */
  Map<String, Integer> weigh(String text) {
    Map<String, Integer> sums = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      String[] cells = line.trim().split(" ");
      if (cells.length != 2) {
        continue;
      }
      sums.merge(cells[0], Integer.parseInt(cells[1]), Integer::sum);
    }
    return sums;
  }

  int days(String day) {
    try {
      return Integer.parseInt(day);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("invalid day: " + day);
    }
  }
}
