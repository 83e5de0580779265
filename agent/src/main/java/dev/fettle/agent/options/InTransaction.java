package dev.fettle.agent.options;

import java.util.Locale;
import java.util.Optional;

/** What happens to failures inside an active transaction. Ordered from least to most. */
public enum InTransaction {
  /** They are left alone. */
  REFUSE,
  /** Healed, but the transaction cannot be committed: its boundary fails with the throwable. */
  ROLLBACK,
  /** Healed like others. */
  ALLOW;

  /** The stricter of the two. */
  public InTransaction min(InTransaction other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** That of the word, in any case. */
  public static Optional<InTransaction> of(String word) {
    try {
      return Optional.of(valueOf(word.strip().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
