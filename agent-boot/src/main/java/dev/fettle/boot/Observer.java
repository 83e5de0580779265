package dev.fettle.boot;

import org.jspecify.annotations.Nullable;

/**
 * Told by woven code what happens, on the host's threads. What an implementation throws is
 * swallowed by {@link Hook}.
 */
public interface Observer {
  /** Before the agent is ready, and after it gave up. */
  Observer NOTHING = new Observer() {};

  /**
   * A throwable is about to leave a method.
   *
   * @param values the receiver first unless the method is static, then the site's variables
   */
  default void failed(Site site, Throwable thrown, @Nullable Object[] values) {}

  /**
   * Follows {@link #failed} where it came from a handler of its own.
   *
   * @param pass what the observer need not hear of
   */
  default void told(Site site, Pass pass) {}

  /** A servlet or container begins to serve; may nest. */
  default void requestStarted(Object request) {}

  /** Ends what the last {@link #requestStarted} of this thread began. */
  default void requestEnded(Object request, Object response, @Nullable Throwable thrown) {}

  /** A framework's boundary got hold of a throwable. */
  default void reachedBoundary(Throwable thrown) {}

  /** A logging library is about to write this event. */
  default void logged(Object event) {}

  /** One of the other methods threw this. */
  default void broke(Throwable own) {}
}
