package dev.fettle.agent.heal;

import java.util.List;

/**
 * What is done at one place about one class of throwable. Remembered by the mechanism and asked for
 * an {@link Action} at every further failure there; thread-safe.
 */
public interface Treatment {
  /** The remedy's name, as pages and events show it. */
  String name();

  /** In [0, 1]. */
  double confidence();

  /** One line for people; may be empty. */
  default String rationale() {
    return "";
  }

  /** What the confidence was counted from, one line each. Not asked on the failing thread. */
  default List<String> evidence() {
    return List.of();
  }

  /** False once the place should be decided anew. Asked before every use; a plain read. */
  default boolean isCurrent() {
    return true;
  }

  /**
   * The one thing that is done about a failure, where a treatment is one of several. Its name is
   * what the heal is known by.
   */
  default Treatment now(Failure failure) {
    return this;
  }

  /** What to do now. May throw: then the failure is treated as one without a treatment. */
  Action act(Failure failure);
}
