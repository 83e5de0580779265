package dev.fettle.source.mend;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How far names are from each other. */
final class Distance {
  private static final int FAR = 100;

  /** Names that people take for each other. */
  private static final List<Set<String>> ALIKE =
      List.of(
          Set.of("length", "size", "count", "getLength"),
          Set.of("add", "append", "put", "push", "offer"),
          Set.of("contains", "containsKey", "has", "includes"),
          Set.of("get", "at", "charAt", "elementAt"),
          Set.of("remove", "delete", "pop", "poll"),
          Set.of("toLowerCase", "lower", "toLower"),
          Set.of("toUpperCase", "upper", "toUpper"),
          Set.of("substring", "substr", "slice"),
          Set.of("isEmpty", "empty", "isBlank"));

  private Distance() {}

  /** Insertions, deletions, replacements and swaps of neighbors; case alone counts as one. */
  static int of(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 3) {
      return FAR;
    }
    if (a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT))) {
      return 1;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + same, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  static boolean alike(String a, String b) {
    return ALIKE.stream().anyMatch(s -> s.contains(a) && s.contains(b));
  }
}
