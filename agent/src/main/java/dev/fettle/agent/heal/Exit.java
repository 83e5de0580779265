package dev.fettle.agent.heal;

/**
 * A place of the method to go on at, as seen from a failing statement.
 *
 * @param loop which enclosing loop, 0 the innermost; 0 for kinds that need none
 */
public record Exit(Kind kind, int loop) {
  /** The statement after the failing one. */
  public static final Exit NEXT = new Exit(Kind.NEXT, 0);

  /** As if the whole condition were true. */
  public static final Exit THEN = new Exit(Kind.THEN, 0);

  /** As if the whole condition were false. */
  public static final Exit ELSE = new Exit(Kind.ELSE, 0);

  /** As if the failing operand of {@code &&} and {@code ||} were true. */
  public static final Exit PART_TRUE = new Exit(Kind.PART_TRUE, 0);

  /** As if the failing operand of {@code &&} and {@code ||} were false. */
  public static final Exit PART_FALSE = new Exit(Kind.PART_FALSE, 0);

  /** The default of the failing switch. */
  public static final Exit DEFAULT = new Exit(Kind.DEFAULT, 0);

  /** What an exit means. */
  public enum Kind {
    NEXT,
    THEN,
    ELSE,
    PART_TRUE,
    PART_FALSE,
    DEFAULT,
    CONTINUE,
    BREAK
  }

  public Exit {
    if (loop < 0) {
      throw new IllegalArgumentException("loop " + loop);
    }
  }

  /** The next iteration: the update of a {@code for}, else the condition. */
  public static Exit continueOf(int loop) {
    return new Exit(Kind.CONTINUE, loop);
  }

  /** Behind a loop. */
  public static Exit breakOf(int loop) {
    return new Exit(Kind.BREAK, loop);
  }
}
