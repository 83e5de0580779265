package dev.fettle.agent.heal.engine;

import java.util.List;
import java.util.Map;

/**
 * Fails in ordinary ways, so that the first real failure does not wait for classes to be loaded.
 */
@SuppressWarnings({"unused", "ReturnValueIgnored"})
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
    if (text.charAt(9) == 'a' && text.length() > 2) {
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
}
