package dev.fettle.agent.observe;

import dev.fettle.boot.Site;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Limits on work for failures, by monotonic time. Thread-safe. */
final class Rates {
  /** Failures of one site that are looked at per second. */
  static final int PER_SITE = 50;

  /** Failures whose values are copied per second, all sites. */
  static final int CAPTURES = 100;

  private static final long HOUR = 3600 * PeriodCount.SECOND;
  private static final long AFTER_WASTE = 10 * PeriodCount.SECOND;
  private static final int KEYS = 2_000;

  private final LongSupplier nanos;
  // kept by the class that failed: a site names it
  private final ClassValue<Map<Site, Looks>> sites =
      new ClassValue<>() {
        @Override
        protected Map<Site, Looks> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };
  private final Map<FailureKey, Long> captured = new ConcurrentHashMap<>();
  private final Set<FailureKey> wasted = ConcurrentHashMap.newKeySet();
  private final Set<String> armed = ConcurrentHashMap.newKeySet();
  private final PeriodCount all = new PeriodCount();

  Rates(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean mayLook(Site site) {
    return of(site).next(nanos.getAsLong()) <= PER_SITE;
  }

  private Looks of(Site site) {
    Map<Site, Looks> ofClass = sites.get(site.owner());
    Looks known = ofClass.get(site);
    return known != null ? known : ofClass.computeIfAbsent(site, s -> new Looks());
  }

  /** What a look at a site found. */
  void judged(Site site, Throwable thrown, boolean anticipated) {
    of(site).judged(thrown, anticipated);
  }

  /** The site threw one that was looked at before, such as one made beforehand. */
  void again(Site site, Throwable thrown) {
    of(site).again(thrown, nanos.getAsLong());
  }

  /**
   * How many of the next throwables of a site need no look, and are not even counted one by one.
   */
  int mayGoBy(Site site) {
    return of(site).mayGoBy(armed.isEmpty());
  }

  /** Whether values may be copied: once per key and hour that they were sent. Remembers it. */
  boolean mayCapture(FailureKey key) {
    long now = nanos.getAsLong();
    Long last = captured.get(key);
    long pause = wasted.contains(key) ? AFTER_WASTE : HOUR;
    if ((last != null && now - last < pause) || all.next(now, PeriodCount.SECOND) > CAPTURES) {
      return false;
    }
    if (captured.size() >= KEYS) {
      forgetAll();
    }
    captured.put(key, now);
    wasted.remove(key);
    return true;
  }

  /** Allows a capture again, say because the last one got lost. */
  void forget(FailureKey key) {
    captured.remove(key);
    wasted.remove(key);
  }

  /** Values of that key were copied and not sent: nothing came of the failure. */
  void waste(FailureKey key) {
    if (captured.containsKey(key)) {
      wasted.add(key);
    }
  }

  /** Whether values were copied lately, in vain. */
  boolean isWasted(FailureKey key) {
    return wasted.contains(key);
  }

  /** Allows every capture again: other code runs now. */
  void forgetAll() {
    captured.clear();
    wasted.clear();
  }

  void arm(String owner, String method) {
    if (armed.size() < KEYS) {
      armed.add(owner + "." + method);
    }
  }

  /** Whether the next failure there is to be captured in full; asking disarms it. */
  boolean takeArmed(String owner, String method) {
    return !armed.isEmpty() && armed.remove(owner + "." + method);
  }

  /** What was seen of one site. Counts may be off by a few. */
  private static final class Looks {
    /** So many verdicts in a row make a site that throws all the time pass. */
    private static final int SETTLED = 16;

    /** What is all the time, a second. */
    private static final int OFTEN = 1_000;

    /** Of so many throwables then one is looked at. */
    private static final int SAMPLE = 1_024;

    private final PeriodCount thrown = new PeriodCount();
    private volatile long latest;
    private volatile int anticipated;
    // by identity: to hold it would hold its application
    private volatile int expected;

    long next(long now) {
      long count = thrown.next(now, PeriodCount.SECOND);
      latest = count;
      return count;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void judged(Throwable thrown, boolean asExpected) {
      anticipated = asExpected ? Math.min(SETTLED, anticipated + 1) : 0;
      expected = asExpected ? System.identityHashCode(thrown) : 0;
    }

    void again(Throwable thrown, long now) {
      if (next(now) <= PER_SITE && System.identityHashCode(thrown) == expected) {
        judged(thrown, true);
      }
    }

    int mayGoBy(boolean nothingArmed) {
      return nothingArmed && anticipated >= SETTLED && latest > OFTEN ? SAMPLE - 1 : 0;
    }
  }
}
