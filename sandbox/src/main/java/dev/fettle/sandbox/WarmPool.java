package dev.fettle.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one warm thing per key, and ends those used longest ago when there are too many. A thing is
 * lent to one borrower at a time and never ended while it is lent. Thread-safe.
 */
final class WarmPool<K, W> implements AutoCloseable {
  private final int most;
  private final Predicate<W> usable;
  private final Consumer<W> end;
  private final Map<K, Slot<W>> slots = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most things kept, but for those that are lent
   * @param usable whether a thing may be lent once more
   */
  WarmPool(int most, Predicate<W> usable, Consumer<W> end) {
    this.most = most;
    this.usable = usable;
    this.end = end;
  }

  /** A place for a thing. Written under its lock; {@link WarmPool#close} looks without it. */
  private static final class Slot<W> {
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile @Nullable W thing;

    /** Whether the pool forgot it: who waited for it asks for another. */
    private boolean gone;
  }

  /** The right to use what a key has. Confined to the thread that borrowed it, which closes it. */
  final class Loan implements AutoCloseable {
    private final Slot<W> slot;

    private Loan(Slot<W> slot) {
      this.slot = slot;
    }

    /** The warm thing; null when the borrower must {@link #keep} a fresh one. */
    @Nullable W thing() {
      W thing = slot.thing;
      if (thing != null && !usable.test(thing)) {
        slot.thing = null;
        end.accept(thing);
      }
      return slot.thing;
    }

    void keep(W fresh) {
      slot.thing = fresh;
    }

    /** What cannot be lent again is ended now: it may still be busy. */
    @Override
    public void close() {
      try {
        W thing = slot.thing;
        if (thing != null && !usable.test(thing)) {
          slot.thing = null;
          end.accept(thing);
        }
      } finally {
        slot.lock.unlock();
      }
    }
  }

  /**
   * Lends it; borrowers of one key wait for each other, first come first.
   *
   * @throws IOException when others have it for longer than {@code patience}
   */
  Loan lend(K key, Duration patience) throws IOException {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      Slot<W> slot = slot(key);
      try {
        if (!slot.lock.tryLock(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          throw new IOException(
              "others used the laboratory for more than " + patience.toSeconds() + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while others used the laboratory", e);
      }
      if (!slot.gone) {
        return new Loan(slot);
      }
      slot.lock.unlock();
    }
  }

  private Slot<W> slot(K key) {
    List<Slot<W>> evicted = new ArrayList<>();
    Slot<W> slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(key, k -> new Slot<>());
      var oldest = slots.values().iterator();
      while (slots.size() - evicted.size() > most && oldest.hasNext()) {
        Slot<W> candidate = oldest.next();
        if (candidate != slot
            && !candidate.lock.isHeldByCurrentThread()
            && candidate.lock.tryLock()) {
          evicted.add(candidate);
        }
      }
      slots.values().removeAll(evicted);
    }
    evicted.forEach(this::forget);
    return slot;
  }

  /** The caller holds its lock, which this gives back. */
  private void forget(Slot<W> slot) {
    try {
      slot.gone = true;
      W thing = slot.thing;
      if (thing != null) {
        slot.thing = null;
        end.accept(thing);
      }
    } finally {
      slot.lock.unlock();
    }
  }

  /** Ends everything, what is lent too: its borrower finds it ended. */
  @Override
  public void close() {
    synchronized (slots) {
      for (Slot<W> slot : slots.values()) {
        W thing = slot.thing;
        if (thing != null) {
          end.accept(thing);
        }
      }
      slots.clear();
    }
  }
}
