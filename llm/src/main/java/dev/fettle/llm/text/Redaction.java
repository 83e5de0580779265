package dev.fettle.llm.text;

import dev.fettle.wire.secret.SecretForms;

/**
 * Masks what looks like a secret or personal data in any text: known forms of tokens, private keys,
 * values beside secret names, passwords in URLs, e-mail addresses, card numbers, random characters.
 * The agent withholds by name, type and value before anything is sent; this is the second wall,
 * before a model. Hand-written scanning in linear time. Stateless.
 */
public final class Redaction {
  /** Stands where a secret stood. */
  public static final String MASK = "[redacted]";

  private static final int PREFIXED_LENGTH = 12;
  private static final int RANDOM_LENGTH = 20;
  private static final double RANDOM_BITS = 3.9;

  private Redaction() {}

  /** Whether values of that name are secrets. */
  public static boolean isSecretName(String name) {
    return SecretForms.isSecretName(name);
  }

  /**
   * The text of a message, log or value with its secrets masked. Everything beside a secret name
   * and a colon or equals sign is one.
   */
  public static String masked(String text) {
    return new Scan(text, true).run();
  }

  /**
   * Source code with its secrets masked. Names of variables decide nothing in code: {@code token =
   * next()} is a program; only literals that look like secrets are masked.
   */
  public static String maskedSource(String text) {
    return new Scan(text, false).run();
  }

  /** One pass over a text. */
  private static final class Scan {
    private final String text;
    private final boolean prose;
    private final StringBuilder out;

    Scan(String text, boolean prose) {
      this.text = text;
      this.prose = prose;
      this.out = new StringBuilder(text.length());
    }

    String run() {
      int at = 0;
      while (at < text.length()) {
        int end = privateKey(at);
        if (end > at) {
          out.append(MASK);
          at = end;
        } else if (isWord(text.charAt(at))) {
          end = at;
          while (end < text.length() && isWord(text.charAt(end))) {
            end++;
          }
          word(at, end);
          at = end;
        } else {
          out.append(text.charAt(at++));
        }
      }
      return digits(out.toString());
    }

    private int privateKey(int at) {
      if (text.charAt(at) != '-' || !text.startsWith("-----BEGIN ", at)) {
        return at;
      }
      int line = text.indexOf("-----", at + 11);
      if (line < 0 || line - at > 80 || !text.substring(at, line).contains("PRIVATE KEY")) {
        return at;
      }
      int end = text.indexOf("-----END ", line);
      int close = end < 0 ? -1 : text.indexOf("-----", end + 9);
      return close < 0 ? text.length() : close + 5;
    }

    private void word(int from, int to) {
      String word = text.substring(from, to);
      if (isSecretWord(word) || isUrlPassword(word, from) || (prose && besideSecretName(from))) {
        int equals = word.indexOf('=');
        boolean pair = equals > 0 && equals < word.length() - 1 && isName(word, equals);
        out.append(pair ? word.substring(0, equals + 1) : "").append(MASK);
        return;
      }
      out.append(word);
    }

    private static boolean isName(String word, int end) {
      for (int i = 0; i < end; i++) {
        char c = word.charAt(i);
        if (!(Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.')) {
          return false;
        }
      }
      return true;
    }

    private boolean isSecretWord(String word) {
      int equals = word.indexOf('=');
      if (prose && equals > 0 && equals < word.length() - 1) {
        String name = word.substring(0, equals);
        int dot = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'));
        if (isSecretName(name.substring(dot + 1))) {
          return true;
        }
      }
      String value = equals > 0 ? word.substring(equals + 1) : word;
      return looksSecret(value) || looksSecret(word);
    }

    /** {@code //user:HERE@host}. */
    private boolean isUrlPassword(String word, int from) {
      if (word.indexOf('@') <= 0 || from < 4 || text.charAt(from - 1) != ':') {
        return false;
      }
      String before = text.substring(Math.max(0, from - 200), from);
      int slashes = before.lastIndexOf("//");
      return slashes >= 0 && before.indexOf(' ', slashes) < 0;
    }

    private boolean looksSecret(String word) {
      int at = word.indexOf('@');
      if (at > 0 && word.indexOf('.', at + 2) > 0 && word.length() > at + 3) {
        return true; // an e-mail address, or user and password before a host
      }
      if (word.length() >= PREFIXED_LENGTH && SecretForms.beginsAt(word, 0)) {
        return true;
      }
      return word.length() >= RANDOM_LENGTH && looksRandom(word);
    }

    /** {@code password: x}, {@code "apiKey" : "x"}, {@code Authorization: Bearer x}. */
    private boolean besideSecretName(int from) {
      int i = from - 1;
      int steps = 0;
      boolean sign = false;
      while (i >= 0 && steps < 6 && " \t\"':=".indexOf(text.charAt(i)) >= 0) {
        sign |= text.charAt(i) == ':' || text.charAt(i) == '=';
        i--;
        steps++;
      }
      int end = i + 1;
      while (i >= 0 && (isWord(text.charAt(i)) && text.charAt(i) != '=') && end - i <= 64) {
        i--;
      }
      String before = text.substring(i + 1, end);
      if (before.equalsIgnoreCase("bearer") || before.equalsIgnoreCase("basic")) {
        return to(from) - from >= 7;
      }
      return sign && isSecretName(before.substring(before.lastIndexOf('.') + 1));
    }

    private int to(int from) {
      int end = from;
      while (end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
      return end;
    }

    private static boolean isWord(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "_-.+/=@!$%^&*#~".indexOf(c) >= 0;
    }

    /** Letters of both cases and digits, unevenly spread, and not a path or a dotted name. */
    private static boolean looksRandom(String word) {
      int[] counts = new int[128];
      int upper = 0;
      int lower = 0;
      int digit = 0;
      int breaks = 0;
      int changes = 0;
      for (int i = 0; i < word.length(); i++) {
        char c = word.charAt(i);
        counts[c & 127]++;
        upper += c >= 'A' && c <= 'Z' ? 1 : 0;
        lower += c >= 'a' && c <= 'z' ? 1 : 0;
        digit += c >= '0' && c <= '9' ? 1 : 0;
        breaks += c == '/' || c == '.' || c == '_' || c == '-' ? 1 : 0;
        changes += i > 0 && Character.isDigit(c) != Character.isDigit(word.charAt(i - 1)) ? 1 : 0;
      }
      boolean hex =
          lower + upper + digit == word.length()
              && digit >= 6
              && word.length() >= 32
              && word.chars().allMatch(c -> Character.digit(c, 16) >= 0);
      if (hex) {
        return word.length() != 40; // a commit names itself so
      }
      if (upper < 2 || lower < 2 || digit < 2 || breaks > 3 || changes < 3) {
        return false;
      }
      double bits = 0;
      double length = word.length();
      for (int count : counts) {
        if (count > 0) {
          bits -= count / length * Math.log(count / length) / Math.log(2);
        }
      }
      return bits >= RANDOM_BITS;
    }

    /** Payment cards by Luhn's sum and US social security numbers, whatever groups them. */
    private String digits(String from) {
      StringBuilder clean = new StringBuilder(from.length());
      int at = 0;
      while (at < from.length()) {
        if (!isDigit(from.charAt(at)) || (at > 0 && isIdentifier(from.charAt(at - 1)))) {
          clean.append(from.charAt(at++));
          continue;
        }
        int end = at;
        StringBuilder run = new StringBuilder();
        int last = at;
        while (end < from.length() && run.length() < 20) {
          char c = from.charAt(end);
          if (isDigit(c)) {
            run.append(c);
            last = end + 1;
          } else if (!((c == ' ' || c == '-')
              && end + 1 < from.length()
              && isDigit(from.charAt(end + 1)))) {
            break;
          }
          end++;
        }
        boolean secret = isCard(run) || isSocial(from.substring(at, last));
        clean.append(secret ? MASK : from.substring(at, last));
        at = last;
      }
      return clean.toString();
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private static boolean isIdentifier(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    private static boolean isSocial(String text) {
      return text.length() == 11
          && text.charAt(3) == '-'
          && text.charAt(6) == '-'
          && text.chars().filter(c -> c == '-').count() == 2;
    }

    private static boolean isCard(CharSequence digits) {
      int length = digits.length();
      if (length < 13 || length > 19 || digits.charAt(0) < '2' || digits.charAt(0) > '6') {
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
  }
}
