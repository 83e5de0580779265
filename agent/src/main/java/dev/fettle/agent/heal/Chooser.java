package dev.fettle.agent.heal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what is done about failures. Called on the failing thread; thread-safe; never blocks. */
public interface Chooser {
  /** Heals nothing. */
  Chooser NOTHING = failure -> null;

  /**
   * The treatment of a failure at a place where none is remembered for that class of throwable, or
   * where the one before could not be applied ({@link Failure#attempt}).
   *
   * @return null when nothing is worth it: the throwable goes on, the same instance
   */
  @Nullable Treatment choose(Failure failure);

  /**
   * A treatment that was made for a place goes before what is remembered there and what {@link
   * #choose} would say. Asked at every failure that may be healed: fast when there is none.
   */
  default @Nullable Treatment prescribed(Failure failure) {
    return null;
  }

  /**
   * The built-in remedy of that name, fitted to a place.
   *
   * @return null when there is none, it does not fit, or it did harm there
   */
  default @Nullable Treatment named(Failure failure, String remedy) {
    return null;
  }

  /** Names of the built-in remedies that fit a failure, the likeliest first. */
  default List<String> fitting(Failure failure) {
    return List.of();
  }

  /**
   * What became of a treatment that was applied.
   *
   * @param good whether nothing spoke against it within its window
   * @param why in words
   */
  default void outcome(SiteFacts site, String treatment, boolean good, String why) {}
}
