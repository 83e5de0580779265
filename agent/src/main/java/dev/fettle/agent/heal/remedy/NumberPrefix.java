package dev.fettle.agent.heal.remedy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number that a text begins with: {@code " 12 items"} has 12. Thousands may be set apart as in
 * {@code 1,200} or {@code 1'200'000}.
 */
record NumberPrefix() {
  private static final String START = "^[\\s\\p{Sc}]*";
  private static final String GROUPS =
      "[-+]?\\d{1,3}(?:,\\d{3}){1,5}(?![\\d,])|[-+]?\\d{1,3}(?:[_'\\u00a0\\u202f]\\d{3}){1,5}(?!\\d)";
  private static final Pattern WHOLE = Pattern.compile(START + "(" + GROUPS + "|[-+]?\\d{1,18})");
  private static final Pattern DECIMAL =
      Pattern.compile(START + "((?:" + GROUPS + "|[-+]?\\d{1,30})(?:\\.\\d{1,30})?)");
  private static final Pattern APART = Pattern.compile("[^-+.\\d]");
  private static final int LONGEST = 200;

  /** Empty when there is none. */
  static String of(String text, boolean decimal) {
    String head = text.substring(0, Math.min(LONGEST, text.length()));
    Matcher matcher = (decimal ? DECIMAL : WHOLE).matcher(head);
    return matcher.find() ? APART.matcher(matcher.group(1)).replaceAll("") : "";
  }
}
