package dev.fettle.engine.loop;

import dev.fettle.contract.model.IncidentId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one thread at a time work on an incident. Incidents may share a lock. */
final class Locks {
  private static final int STRIPES = 64;

  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  Locks() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  <T> T holding(IncidentId incident, Supplier<T> work) {
    ReentrantLock lock = stripes[Math.floorMod(incident.hashCode(), STRIPES)];
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
