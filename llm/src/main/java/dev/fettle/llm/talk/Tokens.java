package dev.fettle.llm.talk;

/** Tokens of a text without any model's own table: about three characters of source code each. */
public final class Tokens {
  private static final int CHARACTERS_EACH = 3;

  private Tokens() {}

  /** On the safe side for source code and English; at least 0. */
  public static int of(String text) {
    return (text.length() + CHARACTERS_EACH - 1) / CHARACTERS_EACH;
  }

  /** Characters that so many tokens hold. */
  public static int characters(int tokens) {
    return tokens * CHARACTERS_EACH;
  }
}
