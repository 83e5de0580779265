package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Exit;
import org.jspecify.annotations.Nullable;

/** Says what callers of a method get that they would not have got without a heal. */
final class Callers {
  private Callers() {}

  static String of(Action action) {
    if (action instanceof Action.Return left) {
      return "callers get " + plain(left.value()) + ", which nothing computed";
    } else if (action instanceof Action.Resume resume) {
      return of(resume.exit().kind());
    } else if (action instanceof Action.Replay replay) {
      return !replay.operators().isEmpty()
          ? "callers get what follows from a substitute for the value that was missing"
          : replay.writes().isEmpty()
              ? "callers get what the statement gave when it ran again"
              : "callers get what follows from a variable that was changed for good";
    } else if (action instanceof Action.Repeat) {
      return "callers get what they should, later: the statement ran again until it passed";
    } else if (action instanceof Action.Throw other) {
      return "callers get " + other.replacement().getClass().getName() + " in place of the failure";
    }
    return "callers get the failure";
  }

  private static String of(Exit.Kind exit) {
    return switch (exit) {
      case NEXT, DEFAULT -> "callers get what the method makes without this statement";
      case THEN, PART_TRUE -> "callers get what follows where the condition counts as true";
      case ELSE, PART_FALSE -> "callers get what follows where the condition counts as false";
      case CONTINUE -> "callers get what the loop makes without this iteration";
      case BREAK -> "callers get what the loop made so far, without the rest of it";
    };
  }

  /** No code of the application runs, and nothing of its data is shown. */
  private static String plain(@Nullable Object value) {
    if (value == null) {
      return "nothing (null)";
    } else if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    return value instanceof String text && text.isEmpty()
        ? "the empty text"
        : "a " + value.getClass().getSimpleName();
  }
}
