package shop;

import java.util.Arrays;
import java.util.List;

class Search {
  int limit(String limit) {
    try {
      return Integer.parseInt(limit);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("unreadable: " + limit);
    }
  }

  List<Long> ids(String ids) {
    List<Long> found;
    try {
      found = Arrays.stream(ids.split(",")).map(Long::parseLong).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("invalid ids: " + ids);
    }
    return found;
  }
}
