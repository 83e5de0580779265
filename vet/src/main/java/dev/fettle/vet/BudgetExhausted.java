package dev.fettle.vet;

/**
 * A snippet used up its steps or its memory, or did what no budget covers. Not an exception that
 * snippets can name in a catch clause; a handler for everything gets it once and loses it again.
 */
public final class BudgetExhausted extends Error {
  private static final long serialVersionUID = 1;

  BudgetExhausted(String reason) {
    super(reason, null, false, false);
  }
}
