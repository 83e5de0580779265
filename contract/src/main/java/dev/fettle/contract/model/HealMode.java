package dev.fettle.contract.model;

import java.util.Locale;
import java.util.Optional;

/** How far healing a running program may go. Ordered from least to most. */
public enum HealMode {
  /** Nothing is watched. */
  OFF,
  /** Failures are reported, the program is left alone. */
  OBSERVE,
  /** Built-in remedies. */
  TYPED,
  /** Also verified snippets over copies of plain values. */
  CONTAINED,
  /** Also snippets over live state. */
  FULL;

  /** The stricter of the two. */
  public HealMode min(HealMode other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Whether a remedy or snippet of that kind may run. */
  public boolean allows(HealMode wanted) {
    return compareTo(wanted) >= 0;
  }

  /** As written in options and policy files: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
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
