package dev.fettle.source.reproduce;

import java.util.Optional;

/**
 * Texts of the form that a value had before it was withheld, so that code which looks at the form
 * goes the way it went. None of them is anybody's: the names are reserved, the numbers are those of
 * examples.
 */
final class Withheld {
  private Withheld() {}

  /**
   * @param reason why it was withheld, as the agent says it
   * @param number tells values of one test apart, from 1
   * @return empty where the reason does not tell a form
   */
  static Optional<String> like(String reason, int number) {
    String apart = number == 1 ? "" : String.valueOf(number);
    return switch (reason) {
      case "e-mail address" -> Optional.of("someone" + apart + "@example.org");
      case "password in a URL" -> Optional.of("http://name" + apart + ":word@localhost/");
      case "card number" -> Optional.of("4111 1111 1111 1111");
      case "IBAN" -> Optional.of("GB33BUKB20201555555555");
      default -> Optional.empty();
    };
  }
}
