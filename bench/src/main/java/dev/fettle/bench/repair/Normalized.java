package dev.fettle.bench.repair;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares programs but for what makes no difference: white space, comments, {@code this.},
 * qualified names of {@code java.util}, type arguments that can be left out, braces around one
 * simple statement, {@code i += 1} and {@code ++i} as statements, {@code a > b} for {@code b < a},
 * the order of two simple summands, emptiness asked by size. By text, so some equal programs count
 * as different.
 */
final class Normalized {
  private static final String SIMPLE = "[\\w.\\[\\]]+(?:\\(\\w*\\))?";
  private static final Pattern GREATER = Pattern.compile("(" + SIMPLE + ")(>=|>)(" + SIMPLE + ")");
  private static final Pattern SAME = Pattern.compile("(" + SIMPLE + ")(==|!=)(" + SIMPLE + ")");
  private static final Pattern SUM =
      Pattern.compile("(?<![\\w.)\\]*/%-])(\\w+)\\+(\\w+)(?![\\w.(\\[*/%])");
  private static final Pattern BLOCK = Pattern.compile("(\\)|else)\\{([^{};]*;)\\}");

  /** Whether both are the same program but for that. */
  boolean same(String one, String other) {
    return !other.isBlank() && of(one).equals(of(other));
  }

  String of(String source) {
    String text =
        source
            .replaceAll("(?s)/\\*.*?\\*/", "")
            .replaceAll("//[^\n]*", "")
            .replaceAll("(?m)^\\s*import [^;]*;", "")
            .replaceAll("\\s+", "");
    text =
        text.replace("this.", "")
            .replace("java.util.", "")
            .replaceAll("(new\\w+)<[\\w,<>\\[\\]]*>\\(", "$1<>(")
            .replaceAll("(?<=[;{})])(?:\\+\\+(\\w+)|(\\w+)\\+=1|(\\w+)=\\3\\+1);", "$1$2$3++;")
            .replaceAll("(?<=[;{})])(?:--(\\w+)|(\\w+)-=1|(\\w+)=\\3-1);", "$1$2$3--;")
            .replaceAll("\\.(?:size|length)\\(\\)==0", ".isEmpty()")
            .replaceAll("(?<![\\w>])\\((\\w+)\\)", "$1");
    String before;
    do {
      before = text;
      text = BLOCK.matcher(text).replaceAll("$1$2");
    } while (!before.equals(text));
    text = mirrored(text, GREATER);
    text = ordered(text, SAME, 2);
    return ordered(text, SUM, 0);
  }

  private static String mirrored(String text, Pattern pattern) {
    return pattern
        .matcher(text)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(
                    m.group(3) + (m.group(2).equals(">") ? "<" : "<=") + m.group(1)));
  }

  private static String ordered(String text, Pattern pattern, int operator) {
    return pattern
        .matcher(text)
        .replaceAll(
            m -> {
              String a = m.group(1);
              String b = m.group(m.groupCount());
              String between = operator == 0 ? "+" : m.group(operator);
              boolean swap = a.compareTo(b) > 0;
              return Matcher.quoteReplacement((swap ? b : a) + between + (swap ? a : b));
            });
  }
}
