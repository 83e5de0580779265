package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Treatment;
import dev.fettle.boot.Site;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is remembered of one region at run time. Counts may be off by a few; thread-safe. */
final class RegionState {
  /** So many verdicts in a row make a region pass through. */
  private static final int SETTLED = 16;

  /** One in so many failures of such a region is looked at, a power of two. */
  private static final int SAMPLE = 1024;

  final @Nullable Place place;
  final Site site;
  final Budget budget = new Budget();
  private final List<Integer> slots;
  private final Map<Class<?>, Treatment> treatments = new ConcurrentHashMap<>();
  private volatile int anticipated;
  private int passed;
  private volatile long sampled;

  /**
   * @param place null when the region cannot be healed
   * @param site for the observer
   * @param slots of the receiver and the site's variables
   */
  RegionState(@Nullable Place place, Site site, List<Integer> slots) {
    this.place = place;
    this.site = site;
    this.slots = List.copyOf(slots);
  }

  /** Whether nothing needs to be looked at: what is thrown here is expected. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  boolean passes() {
    return anticipated >= SETTLED && (++passed & (SAMPLE - 1)) != 0;
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  void judged(boolean wasAnticipated) {
    anticipated = wasAnticipated ? Math.min(SETTLED, anticipated + 1) : 0;
  }

  /**
   * Whether what is expected is thrown here more often than that, judged by the time between two
   * looks at a region that passes through. Asked after each verdict.
   */
  boolean isTooOften(long nanos, int perSecond) {
    if (anticipated < SETTLED) {
      return false;
    }
    long before = sampled;
    sampled = nanos;
    return before != 0 && nanos - before < SAMPLE * 1_000_000_000L / perSecond;
  }

  @Nullable Treatment treatment(Class<?> thrown) {
    Treatment known = treatments.get(thrown);
    if (known != null && !known.isCurrent()) {
      treatments.remove(thrown);
      return null;
    }
    return known;
  }

  void remember(Class<?> thrown, Treatment treatment) {
    treatments.put(thrown, treatment);
  }

  void forget(Class<?> thrown) {
    treatments.remove(thrown);
  }

  /** The observer's values, from those of the group's slots. */
  @Nullable Object[] observed(@Nullable Object[] bySlot) {
    Object[] values = new Object[slots.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = bySlot[slots.get(i)];
    }
    return values;
  }
}
