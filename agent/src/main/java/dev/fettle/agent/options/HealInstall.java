package dev.fettle.agent.options;

import java.util.Optional;

/** When resume points are put into a class. */
public enum HealInstall {
  /** As it is loaded: its first failure can be healed. */
  EAGER,
  /** After its first failure, which cannot be healed. */
  ON_FAILURE;

  /** {@code eager} or {@code on-failure}, in any case. */
  public static Optional<HealInstall> of(String word) {
    for (HealInstall install : values()) {
      if (install.name().replace('_', '-').equalsIgnoreCase(word.strip())) {
        return Optional.of(install);
      }
    }
    return Optional.empty();
  }
}
