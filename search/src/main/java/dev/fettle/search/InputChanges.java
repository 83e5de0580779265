package dev.fettle.search;

import dev.fettle.contract.model.TrialTest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * New inputs from those of main programs: literals of the {@code main} method changed a little.
 * What does not compile afterwards is left out by the laboratory. Deterministic for a seed.
 */
final class InputChanges {
  private static final Pattern MAIN = Pattern.compile("void\\s+main\\s*\\([^)]*\\)[^{]*\\{");
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)'|(?<![\\w.])\\d+(?![\\w.])|\\btrue\\b|\\bfalse\\b");
  private static final Pattern ELEMENT = Pattern.compile(",\\s*[^,{}()\"']+(?=[,}])");

  private final SplittableRandom random;

  InputChanges(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A changed program, with the lines that differ for people. */
  record Changed(TrialTest.MainOutput test, String shown) {}

  List<Changed> of(List<TrialTest.MainOutput> tests, int many) {
    Set<String> seen = new LinkedHashSet<>();
    tests.forEach(t -> seen.add(t.source()));
    List<Changed> all = new ArrayList<>();
    for (int i = 0; i < many * 3 && all.size() < many && !tests.isEmpty(); i++) {
      TrialTest.MainOutput test = tests.get(i % tests.size());
      String changed = changed(test.source());
      if (seen.add(changed)) {
        all.add(
            new Changed(
                new TrialTest.MainOutput(
                    "input " + (all.size() + 1), test.className(), changed, ""),
                difference(test.source(), changed)));
      }
    }
    return all;
  }

  private String changed(String source) {
    Matcher main = MAIN.matcher(source);
    if (!main.find()) {
      return source;
    }
    int from = main.end();
    int to = end(source, from);
    String body = source.substring(from, to);
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times; i++) {
      body = random.nextInt(4) == 0 ? shorter(body) : literal(body);
    }
    return source.substring(0, from) + body + source.substring(to);
  }

  private static int end(String source, int from) {
    int depth = 1;
    for (int i = from; i < source.length(); i++) {
      char c = source.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return source.length();
  }

  private String shorter(String body) {
    return one(body, ELEMENT, text -> random.nextBoolean() ? "" : text + text);
  }

  private String literal(String body) {
    return one(body, LITERAL, this::other);
  }

  private interface Change {
    String of(String text);
  }

  private String one(String body, Pattern pattern, Change change) {
    List<int[]> spans = new ArrayList<>();
    Matcher matcher = pattern.matcher(body);
    while (matcher.find()) {
      boolean size =
          matcher.start() > 0
              && body.charAt(matcher.start() - 1) == '['
              && Character.isDigit(body.charAt(matcher.start()));
      if (!size) {
        spans.add(new int[] {matcher.start(), matcher.end()});
      }
    }
    if (spans.isEmpty()) {
      return body;
    }
    int[] span = spans.get(random.nextInt(spans.size()));
    return body.substring(0, span[0])
        + change.of(body.substring(span[0], span[1]))
        + body.substring(span[1]);
  }

  private String other(String literal) {
    char first = literal.charAt(0);
    if (first == '"') {
      return '"' + text(literal.substring(1, literal.length() - 1)) + '"';
    } else if (first == '\'') {
      return literal.length() == 3 && Character.isLetterOrDigit(literal.charAt(1))
          ? "'" + (random.nextBoolean() ? 'a' : 'b') + "'"
          : literal;
    } else if (first == 't') {
      return "false";
    } else if (first == 'f') {
      return "true";
    }
    long value = literal.length() > 9 ? 1_000_000 : Long.parseLong(literal);
    return switch (random.nextInt(6)) {
      case 0 -> Long.toString(value + 1);
      case 1 -> Long.toString(Math.max(0, value - 1));
      case 2 -> "0";
      case 3 -> "1";
      case 4 -> Long.toString(value * 2 % 1_000_000);
      default -> Long.toString(random.nextLong(Math.max(2, value + 2)));
    };
  }

  private String text(String text) {
    if (text.isEmpty() || text.contains("\\")) {
      return text.isEmpty() ? "a" : text;
    }
    int at = random.nextInt(text.length());
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + text.substring(at + 1);
      case 1 -> text.substring(0, at) + text.charAt(at) + text.substring(at);
      case 2 ->
          text.substring(0, at)
              + text.charAt(random.nextInt(text.length()))
              + text.substring(at + 1);
      default -> text + text.charAt(at);
    };
  }

  private static String difference(String before, String after) {
    Set<String> old = Set.copyOf(before.lines().map(String::strip).toList());
    List<String> lines =
        after.lines().map(String::strip).filter(l -> !old.contains(l)).limit(3).toList();
    String shown = String.join(" ", lines);
    return shown.length() <= 300 ? shown : shown.substring(0, 300) + "...";
  }
}
