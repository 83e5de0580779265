package dev.fettle.agent.observe;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last throwables that were dealt with, held weakly. Lock-free. */
final class RecentThrowables {
  private static final int SIZE = 128;

  private final AtomicReferenceArray<@Nullable WeakReference<Throwable>> ring =
      new AtomicReferenceArray<>(SIZE);
  private final AtomicInteger next = new AtomicInteger();

  void add(Throwable thrown) {
    ring.set(Math.floorMod(next.getAndIncrement(), SIZE), new WeakReference<>(thrown));
  }

  boolean contains(Throwable thrown) {
    for (int i = 0; i < SIZE; i++) {
      WeakReference<Throwable> reference = ring.get(i);
      if (reference != null && reference.refersTo(thrown)) {
        return true;
      }
    }
    return false;
  }
}
