package dev.fettle.cli.run;

/** Text that came from outside, as a terminal may be shown it. */
public final class OutsideText {
  private OutsideText() {}

  /** Control characters out: what arrived from outside never drives the terminal. */
  public static String printable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .map(c -> c == '\n' || c == '\t' || !breaksOut(c) ? c : '\uFFFD')
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean breaksOut(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** As {@link #printable}, on one line: what arrived from outside forges no second one. */
  public static String line(String text) {
    return printable(text).replaceAll("\\s+", " ").strip();
  }
}
