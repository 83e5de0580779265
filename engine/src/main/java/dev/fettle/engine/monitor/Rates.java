package dev.fettle.engine.monitor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Token buckets by key, bounded: the least recently used is forgotten. Guarded by itself. */
final class Rates {
  private static final double BURST_SECONDS = 10;

  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets;

  Rates(int tracked, LongSupplier nanos) {
    this.nanos = nanos;
    this.buckets =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > tracked;
          }
        };
  }

  /** Takes one if there is one. */
  synchronized boolean take(String key, double perSecond) {
    long now = nanos.getAsLong();
    double burst = Math.max(1, perSecond * BURST_SECONDS);
    Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(burst, now));
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / 1e9 * perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  private static final class Bucket {
    private double tokens;
    private long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }
}
