package dev.fettle.delivery.change;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes text from outside harmless where a forge, a mail program, git or a terminal reads it: it
 * mentions nobody, links and closes nothing, skips no CI run, forges no trailer and hides nothing.
 * It stays readable.
 */
public final class Inert {
  private static final int LIMIT = 600;
  private static final Pattern MENTION = Pattern.compile("@(?=\\w)");
  private static final Pattern REFERENCE =
      Pattern.compile("(?<=[#!~%&$])(?=\\d)|(?<=(?:^|[\\s(])#)(?=\\w)");
  private static final Pattern GITHUB_REFERENCE = Pattern.compile("(?i)\\b(GH)-(?=\\d)");
  private static final Pattern SCHEME = Pattern.compile("(?i)\\b(https?|ftp|ssh|git)://");
  private static final Pattern BRACKETED_ORDER =
      Pattern.compile("(?i)\\[([^\\[\\]]{0,24}\\b(?:ci|actions|skip|build)\\b[^\\[\\]]{0,24})]");
  private static final Pattern CHECK_ORDER = Pattern.compile("(?i)(skip-checks|NO_CI)");

  private Inert() {}

  /** {@code text} as one line of at most 600 characters. */
  public static String line(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : line(text, LIMIT);
  }

  /** {@code text} as one line of at most {@code limit} characters. */
  public static String line(String text, int limit) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(4L * limit).forEach(c -> appendVisible(out, c));
    String line = out.toString().strip().replaceAll(" {2,}", " ");
    line = MENTION.matcher(line).replaceAll("@ ");
    line = REFERENCE.matcher(line).replaceAll(" ");
    line = GITHUB_REFERENCE.matcher(line).replaceAll("$1 ");
    line = SCHEME.matcher(line).replaceAll("$1: //");
    line = BRACKETED_ORDER.matcher(line).replaceAll("($1)");
    line = CHECK_ORDER.matcher(line).replaceAll("'$1'");
    line = line.replace("```", "'''");
    return line.length() <= limit ? line : line.substring(0, limit - 3) + "...";
  }

  /** {@code text} as lines of about {@code width} characters, broken at blanks. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Whether the character changes the order or the visibility of the text around it. */
  static boolean reorders(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2060 && c <= 0x2064)
        || c == 0x061C
        || c == 0x00AD
        || (c >= 0xE0000 && c <= 0xE007F);
  }

  private static void appendVisible(StringBuilder out, int c) {
    if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029 || c == 0x85) {
      out.append(' ');
    } else if (Character.isISOControl(c) || reorders(c) || c == 0xFEFF || !Character.isDefined(c)) {
      out.append(String.format("<U+%04X>", c));
    } else if (c >= 0xD800 && c <= 0xDFFF) {
      out.append('?');
    } else {
      out.appendCodePoint(c);
    }
  }
}
