package dev.fettle.bench.repair;

import dev.fettle.contract.model.TrialTest;
import java.util.ArrayList;
import java.util.List;

/**
 * Small programs with cheap tests, one of which no change can satisfy: all candidates are tried.
 */
final class SpeedPrograms {
  private SpeedPrograms() {}

  static List<Item> all() {
    return List.of(
        item(
            "binary search",
            """
            class Solution {
              int find(int[] a, int key) {
                int low = 0;
                int high = a.length - 1;
                while (low <= high) {
                  int middle = (low + high) >>> 1;
                  if (a[middle] < key) {
                    low = middle + 1;
                  } else if (a[middle] > key) {
                    high = middle - 1;
                  } else {
                    return middle;
                  }
                }
                return -low - 1;
              }
            }
            """,
            "find(new int[] {2, 5, 7, 11}, 7)",
            "2"),
        item(
            "balanced brackets",
            """
            import java.util.*;
            class Solution {
              boolean balanced(String text) {
                Deque<Character> open = new ArrayDeque<>();
                for (int i = 0; i < text.length(); i++) {
                  char c = text.charAt(i);
                  if (c == '(' || c == '[') {
                    open.push(c);
                  } else if (c == ')' || c == ']') {
                    if (open.isEmpty()) {
                      return false;
                    }
                    char last = open.pop();
                    if ((c == ')' && last != '(') || (c == ']' && last != '[')) {
                      return false;
                    }
                  }
                }
                return open.isEmpty();
              }
            }
            """,
            "balanced(\"([])[]\")",
            "true"),
        item(
            "word counts",
            """
            import java.util.*;
            class Solution {
              Map<String, Integer> count(String text, int least) {
                Map<String, Integer> counts = new TreeMap<>();
                for (String word : text.split(" ")) {
                  if (word.length() >= least) {
                    Integer before = counts.get(word);
                    counts.put(word, before == null ? 1 : before + 1);
                  }
                }
                return counts;
              }
            }
            """,
            "count(\"a bb a bb ccc\", 2)",
            "{bb=2, ccc=1}"),
        item(
            "largest sum",
            """
            class Solution {
              long largest(int[] values, int width) {
                long sum = 0;
                for (int i = 0; i < width; i++) {
                  sum += values[i];
                }
                long best = sum;
                for (int i = width; i < values.length; i++) {
                  sum += values[i] - values[i - width];
                  best = Math.max(best, sum);
                }
                return best;
              }
            }
            """,
            "largest(new int[] {4, -1, 6, 2, -3, 8}, 3)",
            "9"),
        item(
            "common prefix",
            """
            class Solution {
              String prefix(String[] words) {
                if (words.length == 0) {
                  return "";
                }
                String prefix = words[0];
                for (int i = 1; i < words.length; i++) {
                  int end = 0;
                  int most = Math.min(prefix.length(), words[i].length());
                  while (end < most && prefix.charAt(end) == words[i].charAt(end)) {
                    end++;
                  }
                  prefix = prefix.substring(0, end);
                }
                return prefix;
              }
            }
            """,
            "prefix(new String[] {\"flower\", \"flow\", \"flight\"})",
            "fl"));
  }

  private static Item item(String name, String source, String call, String printed) {
    List<TrialTest.MainOutput> tests = new ArrayList<>();
    tests.add(test("passes", call, printed));
    tests.add(test("cannot pass", call, "\u2205"));
    return new Item(name, "wrong", source, tests, List.of(), 1, name, "", "");
  }

  private static TrialTest.MainOutput test(String name, String call, String printed) {
    String main =
        "public class Main { public static void main(String[] args) {"
            + " System.out.println(new Solution()."
            + call
            + "); } }";
    return new TrialTest.MainOutput(name, "Main", main, printed + "\n");
  }
}
