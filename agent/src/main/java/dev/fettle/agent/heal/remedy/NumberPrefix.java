package dev.fettle.agent.heal.remedy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number that a text begins with: {@code " 12 items"} has 12. */
record NumberPrefix() {
  private static final Pattern WHOLE = Pattern.compile("^[\\s\\p{Sc}]*([-+]?\\d{1,18})");
  private static final Pattern DECIMAL =
      Pattern.compile("^[\\s\\p{Sc}]*([-+]?\\d{1,30}(?:\\.\\d{1,30})?)");
  private static final int LONGEST = 200;

  /** Empty when there is none. */
  static String of(String text, boolean decimal) {
    String head = text.substring(0, Math.min(LONGEST, text.length()));
    Matcher matcher = (decimal ? DECIMAL : WHOLE).matcher(head);
    return matcher.find() ? matcher.group(1) : "";
  }
}
