package dev.fettle.lab.direct;

import org.jspecify.annotations.Nullable;

/**
 * What tests share: begun before the first of them, ended when its class is closed. Confined to the
 * thread that runs the tests.
 */
final class Fixture {
  private final @Nullable Fixture outer;
  private final Body before;
  private final Body after;
  private boolean begun;
  private @Nullable Throwable failure;

  Fixture(@Nullable Fixture outer, Body before, Body after) {
    this.outer = outer;
    this.before = before;
    this.after = after;
  }

  /** Begins it and what is around it; throws what that threw, also when asked again. */
  void begin() throws Throwable {
    if (outer != null) {
      outer.begin();
    }
    if (!begun) {
      begun = true;
      failure = thrownBy(before);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Ends it when it was begun; what around it was begun is not ended. */
  @Nullable Throwable end() {
    if (!begun) {
      return null;
    }
    begun = false;
    failure = null;
    return thrownBy(after);
  }

  /** A firebreak: this calls the code under test. */
  static @Nullable Throwable thrownBy(Body body) {
    try {
      body.call();
      return null;
    } catch (Throwable ofTheCodeUnderTest) {
      return Calls.unwrapped(ofTheCodeUnderTest);
    }
  }
}
