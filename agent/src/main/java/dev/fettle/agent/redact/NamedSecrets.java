package dev.fettle.agent.redact;

import dev.fettle.wire.secret.SecretForms;
import java.util.function.UnaryOperator;

/**
 * Finds values that stand beside a secret name and a sign: {@code pwd=x}, {@code "token": "x"},
 * {@code Authorization: Bearer x}. Scans by hand, in time linear in the text.
 */
final class NamedSecrets {
  private static final int LONGEST_NAME = 64;
  private static final int GAP = 4;

  private final String text;
  private int from;
  private int to;

  private NamedSecrets(String text) {
    this.text = text;
  }

  /** Whether there is one. */
  static boolean in(String text) {
    return new NamedSecrets(text).next();
  }

  /** The text with each of them replaced. */
  static String masked(String text, UnaryOperator<String> mask) {
    NamedSecrets found = new NamedSecrets(text);
    StringBuilder clean = new StringBuilder();
    int done = 0;
    while (found.next()) {
      clean.append(text, done, found.from).append(mask.apply(text.substring(found.from, found.to)));
      done = found.to;
    }
    return done == 0 ? text : clean.append(text, done, text.length()).toString();
  }

  /** Moves to the next value. */
  private boolean next() {
    for (int sign = to; sign < text.length(); sign++) {
      char c = text.charAt(sign);
      if ((c == '=' || c == ':') && isNamedBefore(sign) && hasValue(sign + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNamedBefore(int sign) {
    int end = sign;
    while (end > 0 && sign - end < GAP && " \t\"'])".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    int start = end;
    while (start > 0 && end - start < LONGEST_NAME && isName(text.charAt(start - 1))) {
      start--;
    }
    if (start == end) {
      return false;
    }
    String name = text.substring(start, end);
    return SecretForms.isSecretName(name)
        || SecretForms.isSecretName(name.substring(name.lastIndexOf('.') + 1));
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private boolean hasValue(int after) {
    int at = after;
    while (at < text.length() && at - after < GAP && " \t=:>([{".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    char quote = at < text.length() ? text.charAt(at) : ' ';
    if (quote == '"' || quote == '\'') {
      int close = text.indexOf(quote, at + 1);
      from = at + 1;
      to = close < 0 ? text.length() : close;
    } else {
      from = at;
      to = wordEnd(at);
      if (isScheme(text.substring(from, to)) && to < text.length() && text.charAt(to) == ' ') {
        to = wordEnd(to + 1);
      }
    }
    // that there is none helps and tells nothing
    return to > from && !text.startsWith("null", from);
  }

  private int wordEnd(int at) {
    int end = at;
    while (end < text.length() && " \t\r\n,;&'\"(){}[]<>".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static boolean isScheme(String word) {
    return word.equalsIgnoreCase("bearer")
        || word.equalsIgnoreCase("basic")
        || word.equalsIgnoreCase("digest");
  }
}
