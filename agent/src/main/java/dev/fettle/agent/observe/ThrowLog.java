package dev.fettle.agent.observe;

import dev.fettle.boot.Site;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How many throwables left each woven method in the last minutes, and of which classes. Lock-free.
 */
public final class ThrowLog {
  /** How far back counts reach. */
  public static final int SECONDS = 300;

  private static final int SLOTS = 30;
  private static final int SITES = 5_000;
  private static final int TYPES = 20;

  /** Slots of ten seconds: the slot's number in the upper half, its count in the lower. */
  private record Counts(AtomicLongArray slots, Set<String> types) {}

  private final LongSupplier nanos;
  private final Map<Site, Counts> sites = new ConcurrentHashMap<>();

  ThrowLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private long slot() {
    return (nanos.getAsLong() / 10_000_000_000L) & 0x7fff_ffffL;
  }

  void left(Site site, Throwable thrown) {
    Counts counts = sites.get(site);
    if (counts == null) {
      if (sites.size() >= SITES) {
        return;
      }
      counts =
          sites.computeIfAbsent(
              site, s -> new Counts(new AtomicLongArray(SLOTS), ConcurrentHashMap.newKeySet()));
    }
    long now = slot();
    counts.slots.updateAndGet(
        (int) (now % SLOTS), old -> (old >>> 32) == now ? old + 1 : (now << 32) | 1);
    if (counts.types.size() < TYPES) {
      counts.types.add(thrown.getClass().getName());
    }
  }

  /** Throwables that left methods of that name in the last {@link #SECONDS}. */
  public long count(String owner, String method) {
    long oldest = slot() - SLOTS;
    long sum = 0;
    for (Map.Entry<Site, Counts> each : sites.entrySet()) {
      if (isAt(each.getKey(), owner, method)) {
        AtomicLongArray slots = each.getValue().slots;
        for (int i = 0; i < SLOTS; i++) {
          long slot = slots.get(i);
          sum += (slot >>> 32) > oldest ? slot & 0xffff_ffffL : 0;
        }
      }
    }
    return sum;
  }

  /** Their class names, and those of earlier ones. */
  public Set<String> types(String owner, String method) {
    Set<String> types = new HashSet<>();
    sites.forEach(
        (site, counts) -> {
          if (isAt(site, owner, method)) {
            types.addAll(counts.types);
          }
        });
    return types;
  }

  private static boolean isAt(Site site, String owner, String method) {
    return site.method().equals(method) && site.owner().getName().equals(owner);
  }
}
