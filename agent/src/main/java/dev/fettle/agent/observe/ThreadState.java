package dev.fettle.agent.observe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one thread is in the middle of. Confined to it. */
final class ThreadState {
  private static final int FAILURES = 16;

  boolean busy;
  @Nullable Object request;
  int requestDepth;
  final List<Failure> failures = new ArrayList<>();

  /** The failure that this throwable belongs to, as itself or as a wrapper. */
  @Nullable Failure find(Throwable thrown, Throwables throwables) {
    for (int i = failures.size() - 1; i >= 0; i--) {
      Failure failure = failures.get(i);
      if (failure.outermost() == thrown) {
        return failure;
      }
    }
    for (int i = failures.size() - 1; i >= 0; i--) {
      Failure failure = failures.get(i);
      if (throwables.isCausedBy(thrown, failure.outermost())) {
        failure.wrappedIn(thrown);
        return failure;
      }
    }
    return null;
  }

  boolean hasRoom() {
    failures.removeIf(Failure::isClaimed);
    return failures.size() < FAILURES;
  }
}
