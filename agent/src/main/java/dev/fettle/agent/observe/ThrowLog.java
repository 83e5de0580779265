package dev.fettle.agent.observe;

import dev.fettle.boot.Site;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many throwables left each woven method in the last minutes, and of which classes. Methods are
 * known by name, so that no class is held; of overloads, the sum. Lock-free.
 */
public final class ThrowLog {
  /** How far back counts reach. */
  public static final int SECONDS = 300;

  private static final int SLOTS = 30;
  private static final int METHODS = 5_000;
  private static final int TYPES = 20;

  /** Slots of ten seconds: the slot's number in the upper half, its count in the lower. */
  record Counts(AtomicLongArray slots, Set<String> types) {
    long since(long oldest) {
      long sum = 0;
      for (int i = 0; i < SLOTS; i++) {
        long slot = slots.get(i);
        sum += (slot >>> 32) > oldest ? slot & 0xffff_ffffL : 0;
      }
      return sum;
    }
  }

  private final LongSupplier nanos;
  // by class, then method; two steps make no key
  private final Map<String, Map<String, Counts>> classes = new ConcurrentHashMap<>();
  private final AtomicInteger methods = new AtomicInteger();
  private final AtomicLong evicted = new AtomicLong(-1);

  ThrowLog(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private long slot() {
    return (nanos.getAsLong() / 10_000_000_000L) & 0x7fff_ffffL;
  }

  void left(Site site, Throwable thrown) {
    Counts counts = left(site, 1);
    if (counts != null && counts.types.size() < TYPES) {
      counts.types.add(thrown.getClass().getName());
    }
  }

  /** So many more left it, of classes that are known. */
  @Nullable Counts left(Site site, int more) {
    long now = slot();
    Counts counts = counts(site.owner().getName(), site.method());
    if (counts == null) {
      counts = add(site, now);
    }
    if (counts != null) {
      counts.slots.updateAndGet(
          (int) (now % SLOTS), old -> (old >>> 32) == now ? old + more : (now << 32) | more);
    }
    return counts;
  }

  private @Nullable Counts counts(String owner, String method) {
    Map<String, Counts> ofClass = classes.get(owner);
    return ofClass == null ? null : ofClass.get(method);
  }

  private @Nullable Counts add(Site site, long now) {
    if (methods.get() >= METHODS) {
      evict(now);
      if (methods.get() >= METHODS) {
        return null;
      }
    }
    return classes
        .computeIfAbsent(site.owner().getName(), c -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            site.method(),
            m -> {
              methods.incrementAndGet();
              return new Counts(new AtomicLongArray(SLOTS), ConcurrentHashMap.newKeySet());
            });
  }

  /** Forgets methods that threw nothing for as long as counts reach; looks once a slot. */
  private void evict(long now) {
    if (evicted.getAndSet(now) == now) {
      return;
    }
    for (Map<String, Counts> ofClass : classes.values()) {
      ofClass
          .values()
          .removeIf(
              counts -> {
                boolean quiet = counts.since(now - SLOTS) == 0;
                if (quiet) {
                  methods.decrementAndGet();
                }
                return quiet;
              });
    }
    classes.values().removeIf(Map::isEmpty);
  }

  /** Throwables that left methods of that name in the last {@link #SECONDS}. */
  public long count(String owner, String method) {
    Counts counts = counts(owner, method);
    return counts == null ? 0 : counts.since(slot() - SLOTS);
  }

  /** Their class names, and those of earlier ones. */
  public Set<String> types(String owner, String method) {
    Counts counts = counts(owner, method);
    return counts == null ? Set.of() : Set.copyOf(counts.types);
  }
}
