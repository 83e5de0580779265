package shop;

import java.util.List;

class Sizes {
  int limit(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("unreadable: " + text);
    }
  }

  List<Integer> sizes(List<String> texts) {
    return texts.stream().map(text -> Integer.parseInt(text.strip())).toList();
  }
}
