package dev.fettle.agent.heal;

import java.util.List;

/**
 * Hears which built-in remedies fit a failure, applied or not. Called on the failing thread; never
 * blocks; thread-safe.
 */
public interface Fitting {
  /** Hears nothing. */
  Fitting NOTHING = (failure, remedies) -> {};

  /**
   * Remedies that fit.
   *
   * @param remedies names, the likeliest first
   */
  void fit(Failure failure, List<String> remedies);
}
