package dev.fettle.bench.healcost;

import java.util.Locale;

/** How far the agent goes in the JVM that is compared with a plain one. */
public enum Installed {
  /** Every class can be healed from its first failure on. */
  EAGER("heal=typed", 1.15),
  /** Classes are prepared after their first failure; nothing fails here. */
  ON_FAILURE("heal=typed,heal.install=on-failure", 1.02),
  /** Nothing is healed. */
  OBSERVE("heal=observe", 1.02);

  private final String options;
  private final double libraries;

  Installed(String options, double libraries) {
    this.options = options;
    this.libraries = libraries;
  }

  /** Whether failures are healed, so that their costs can be measured. */
  boolean heals() {
    return this == EAGER;
  }

  /** What the agent is told. */
  String options() {
    return options;
  }

  /** The ratio that libraries' work may have at most. */
  double mostOfLibraries() {
    return libraries;
  }

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
