package dev.fettle.contract.model;

/** What somebody proposes to do at a failing statement of a running program. */
public sealed interface HealProposal {
  /** Longest code of a snippet, in UTF-8 bytes. */
  int CODE_BYTES = 16 * 1024;

  /** Why, one line for people. */
  String rationale();

  /** How sure the proposer is, in [0, 1]. */
  double confidence();

  /**
   * Apply a built-in remedy.
   *
   * @param remedy one of {@link HealRequest#remedies}
   */
  record UseRemedy(String remedy, String rationale, double confidence) implements HealProposal {
    public UseRemedy {
      checked(rationale, confidence);
      if (remedy.isBlank()) {
        throw new IllegalArgumentException("a proposal needs a remedy");
      }
    }
  }

  /**
   * Run code in place of the failing statement.
   *
   * @param code Java statements over the variables in scope, which they may assign; {@code return}
   *     leaves the failing method. At most {@link #CODE_BYTES}. No imports: other classes are
   *     written in full.
   * @param then where the program goes on after the last statement
   * @param mode {@link HealMode#CONTAINED} or {@link HealMode#FULL}
   */
  record RunSnippet(String code, Then then, HealMode mode, String rationale, double confidence)
      implements HealProposal {
    public RunSnippet {
      checked(rationale, confidence);
      if (mode != HealMode.CONTAINED && mode != HealMode.FULL) {
        throw new IllegalArgumentException("a snippet runs contained or full, not " + mode.word());
      }
    }
  }

  /** Where a program goes on after a snippet. */
  enum Then {
    /** With the statement after the failing one. */
    NEXT,
    /** With the failing statement, once more. */
    RETRY
  }

  private static void checked(String rationale, double confidence) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence outside [0, 1]: " + confidence);
    }
    if (rationale.lines().count() > 1) {
      throw new IllegalArgumentException("a rationale is one line");
    }
  }
}
