package dev.fettle.agent.heal.remedy;

import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.EmptyStackException;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;

/** What went wrong, as far as the throwable's class says. */
enum Kind {
  INDEX,
  SIZE,
  NULL,
  CAST,
  PARSE,
  ARITHMETIC,
  EMPTY,
  UNSUPPORTED,
  CONCURRENT,
  TRANSIENT,
  ARGUMENT,
  STATE,
  OTHER;

  static Kind of(Throwable thrown) {
    if (thrown instanceof IndexOutOfBoundsException) {
      return INDEX;
    } else if (thrown instanceof NegativeArraySizeException) {
      return SIZE;
    } else if (thrown instanceof NullPointerException) {
      return NULL;
    } else if (thrown instanceof ClassCastException || thrown instanceof ArrayStoreException) {
      return CAST;
    } else if (thrown instanceof NumberFormatException) {
      return PARSE;
    } else if (thrown instanceof ArithmeticException) {
      return ARITHMETIC;
    } else if (thrown instanceof NoSuchElementException || thrown instanceof EmptyStackException) {
      return EMPTY;
    } else if (thrown instanceof UnsupportedOperationException) {
      return UNSUPPORTED;
    } else if (thrown instanceof ConcurrentModificationException) {
      return CONCURRENT;
    } else if (isTransient(thrown)) {
      return TRANSIENT;
    } else if (thrown instanceof IllegalArgumentException) {
      return ARGUMENT;
    }
    return thrown instanceof IllegalStateException ? STATE : OTHER;
  }

  /** Failures of the surroundings that another try may not meet, by type or by their name. */
  private static boolean isTransient(Throwable thrown) {
    String name = thrown.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return thrown instanceof IOException
        || thrown instanceof TimeoutException
        || name.contains("timeout")
        || name.contains("transient")
        || name.contains("deadlock")
        || name.contains("optimisticlock")
        || name.contains("unavailable");
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
