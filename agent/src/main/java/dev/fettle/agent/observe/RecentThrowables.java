package dev.fettle.agent.observe;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Throwables that were dealt with lately, held weakly: of those whose identities hash alike, the
 * last. Looking is a read of one entry, as it is done for every throwable. Lock-free.
 */
final class RecentThrowables {
  /** A power of two. */
  private static final int SIZE = 512;

  private final AtomicReferenceArray<@Nullable WeakReference<Throwable>> known =
      new AtomicReferenceArray<>(SIZE);

  private static int place(Throwable thrown) {
    return System.identityHashCode(thrown) & (SIZE - 1);
  }

  void add(Throwable thrown) {
    known.set(place(thrown), new WeakReference<>(thrown));
  }

  boolean contains(Throwable thrown) {
    WeakReference<Throwable> reference = known.get(place(thrown));
    return reference != null && reference.refersTo(thrown);
  }
}
