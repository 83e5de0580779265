package dev.fettle.agent.heal.engine;

import java.util.Map;

/**
 * How much may be healed.
 *
 * @param perSite heals of one region in a minute
 * @param perInstance heals of this process in a minute
 * @param attempts treatments that are tried for one failure
 */
public record HealLimits(int perSite, int perInstance, int attempts) {
  private static final int PER_SITE = 20_000;
  private static final int PER_INSTANCE = 200_000;
  private static final int ATTEMPTS = 6;

  public HealLimits {
    if (perSite < 0 || perInstance < 0 || attempts < 1) {
      throw new IllegalArgumentException(perSite + ", " + perInstance + ", " + attempts);
    }
  }

  /** From {@code heal.budget.site} and {@code heal.budget.instance}, without their prefix. */
  public static HealLimits of(Map<String, String> options) {
    return new HealLimits(
        number(options.get("budget.site"), PER_SITE),
        number(options.get("budget.instance"), PER_INSTANCE),
        ATTEMPTS);
  }

  private static int number(@org.jspecify.annotations.Nullable String text, int otherwise) {
    try {
      return text == null ? otherwise : Math.max(0, Integer.parseInt(text.strip()));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
