package dev.fettle.agent.heal.engine;

import java.util.List;
import java.util.Map;

/**
 * Fails in ordinary ways, so that the first real failure does not wait for classes to be loaded.
 */
@SuppressWarnings({"unused", "ReturnValueIgnored", "NullAway", "InfiniteRecursion"})
final class WarmUpProgram {
  private WarmUpProgram() {}

  static int index(int[] numbers, int from) {
    int sum = 0;
    for (int i = from; i < numbers.length + 1; i++) {
      sum += numbers[i];
    }
    return sum;
  }

  static int text(String text) {
    int length = 1;
    if (text.charAt(99) == 'a' && text.length() > 2) {
      length = text.length();
    }
    return length;
  }

  static String lookup(Map<String, String> names, List<String> keys) {
    StringBuilder found = new StringBuilder();
    for (String key : keys) {
      String name = names.getOrDefault(key, "").trim();
      found.append(name);
    }
    return found.toString();
  }

  static int parsed(String text) {
    return Integer.parseInt(text) + 1;
  }

  static int quotient(int number, int by) {
    int result = number / by;
    return result;
  }

  static int grid(int[][] cells, int row, int column) {
    if (cells[row][column] != 1) {
      return 0;
    }
    return 1;
  }

  static int list(List<Integer> numbers, int last) {
    int sum = 0;
    int at = 0;
    while (at <= last && numbers.get(at) >= 0) {
      sum += numbers.get(at++);
    }
    return sum;
  }

  static int[] filled(int length) {
    int[] numbers = new int[length];
    for (int i = 0; i <= length; i++) {
      numbers[i] = numbers[Math.max(0, i - 1)] + i;
    }
    return numbers;
  }

  static boolean found(Map<String, Integer> counts, String word) {
    List<String> words = null;
    words.add(word);
    int count = counts.get(word);
    return count > words.size();
  }

  static String field(Link link) {
    String text = link.next.next.text;
    return text == null ? "" : text;
  }

  static long sum(Link link) {
    return sum(link.next) + 1L;
  }

  /** An object with fields; public, because the program is loaded by a loader of its own. */
  public static final class Link {
    public Link next;
    public String text;
  }
}
