package dev.fettle.vet;

/** Ends a check. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 200;

  Refusal(String reason) {
    super(printable(reason), null, false, false);
  }

  /** Names in class files are hostile too. */
  private static String printable(String reason) {
    String cut = reason.length() > LONGEST ? reason.substring(0, LONGEST) + "..." : reason;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
