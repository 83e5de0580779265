package dev.fettle.agent.options;

import java.util.Optional;

/** How far healing may go. Ordered from least to most. */
public enum HealMode {
  OFF,
  OBSERVE,
  TYPED,
  CONTAINED,
  FULL;

  /** The stricter of the two. */
  public HealMode min(HealMode other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Whether a remedy or snippet of that kind may run. */
  public boolean allows(HealMode wanted) {
    return compareTo(wanted) >= 0;
  }

  /** The mode of that word, in any case. */
  public static Optional<HealMode> of(String word) {
    for (HealMode mode : values()) {
      if (mode.name().equalsIgnoreCase(word.strip())) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
