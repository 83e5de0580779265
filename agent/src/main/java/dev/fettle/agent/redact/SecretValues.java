package dev.fettle.agent.redact;

import dev.fettle.wire.secret.SecretForms;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in characters by hand-written scanning, in time linear in their number: a
 * backtracking matcher fed hostile input would hang the host's thread.
 */
final class SecretValues {
  private static final int PREFIXED_LENGTH = 16;
  private static final int RANDOM_LENGTH = 24;
  private static final double RANDOM_BITS = 4.2;

  private SecretValues() {}

  /** Why the text holds a secret, or null. */
  static @Nullable String reason(String text) {
    if (text.contains("-----BEGIN ") && text.contains("PRIVATE KEY")) {
      return "private key";
    }
    if (hasUrlPassword(text)) {
      return "password in a URL";
    }
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !isWord(text.charAt(i))) {
        String reason = wordReason(text, from, i);
        if (reason != null) {
          return reason;
        }
        from = i + 1;
      }
    }
    return digitsReason(text);
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_-.+/=@".indexOf(c) >= 0;
  }

  private static @Nullable String wordReason(String text, int from, int to) {
    int length = to - from;
    int at = text.indexOf('@', from);
    if (at > from && at < to - 3) {
      int dot = text.indexOf('.', at + 2);
      if (dot > 0 && dot < to - 1) {
        return "e-mail address";
      }
    }
    if (length >= PREFIXED_LENGTH && SecretForms.beginsAt(text, from)) {
      return "known form of secret";
    }
    if (length >= 7 && from >= 7 && text.regionMatches(true, from - 7, "bearer ", 0, 7)) {
      return "bearer token";
    }
    if (length >= RANDOM_LENGTH && looksRandom(text, from, to)) {
      return "random characters";
    }
    return null;
  }

  /** Many different letters and digits of both cases, and not a dotted name or a path. */
  private static boolean looksRandom(String text, int from, int to) {
    int[] counts = new int[128];
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    int slashes = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      counts[c]++;
      upper |= c >= 'A' && c <= 'Z';
      lower |= c >= 'a' && c <= 'z';
      digit |= c >= '0' && c <= '9';
      slashes += c == '/' || c == '.' ? 1 : 0;
    }
    if (!(upper && lower && digit) || slashes > 3) {
      return false;
    }
    double bits = 0;
    double length = to - from;
    for (int count : counts) {
      if (count > 0) {
        bits -= count / length * Math.log(count / length) / Math.log(2);
      }
    }
    return bits >= RANDOM_BITS;
  }

  private static boolean hasUrlPassword(String text) {
    int scheme = text.indexOf("://");
    if (scheme < 0) {
      return false;
    }
    int at = text.indexOf('@', scheme);
    int slash = text.indexOf('/', scheme + 3);
    int colon = text.indexOf(':', scheme + 3);
    return at > 0 && colon > 0 && colon < at && (slash < 0 || at < slash);
  }

  /** Payment card numbers (Luhn), US social security numbers and IBANs. */
  private static @Nullable String digitsReason(String text) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if ((c != ' ' && c != '-') || digits.isEmpty()) {
        if (isCard(digits)) {
          return "card number";
        }
        digits.setLength(0);
      }
    }
    return isIban(text) ? "IBAN" : null;
  }

  private static boolean isCard(CharSequence digits) {
    int length = digits.length();
    if (length < 13 || length > 19 || digits.charAt(0) < '3' || digits.charAt(0) > '6') {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = digits.charAt(length - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  private static boolean isIban(String text) {
    String plain = text.length() > 64 ? "" : text.replace(" ", "");
    if (plain.length() < 15 || plain.length() > 34) {
      return false;
    }
    int rest = 0;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt((i + 4) % plain.length());
      int value = Character.digit(c, 36);
      boolean head = i >= plain.length() - 4;
      if (value < 0 || (head && (i < plain.length() - 2) != Character.isUpperCase(c))) {
        return false;
      }
      rest = (value < 10 ? rest * 10 + value : rest * 100 + value) % 97;
    }
    return rest == 1;
  }
}
