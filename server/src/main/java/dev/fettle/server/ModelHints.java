package dev.fettle.server;

import dev.fettle.contract.model.IncidentId;
import dev.fettle.llm.repair.ProposedExpressions;
import dev.fettle.search.Suggestion;
import dev.fettle.search.Suggestions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Conditions and ingredients that a language model names while it is asked about an incident, on
 * their way to the search of the same incident, which completes and proves them. A search that
 * found nothing by itself waits for the first answer as long as one question may take. Thread-safe.
 */
final class ModelHints {
  private static final int KEPT = 50;
  private static final long LOOK_MILLIS = 100;

  private final Duration patience;
  private final LongSupplier nanos;
  private final Map<IncidentId, Hint> hints =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IncidentId, Hint> eldest) {
          return size() > KEPT;
        }
      };

  private static final class Hint {
    private final LinkedBlockingQueue<Suggestion> come = new LinkedBlockingQueue<>();
    private volatile boolean answered;
  }

  /**
   * @param patience how long one question may take; zero where nobody is asked
   * @param nanos monotonic time
   */
  ModelHints(Duration patience, LongSupplier nanos) {
    this.patience = patience;
    this.nanos = nanos;
  }

  /** A model named these. */
  void suggested(IncidentId incident, ProposedExpressions expressions) {
    Hint hint = of(incident);
    expressions.conditions().forEach(c -> hint.come.add(new Suggestion.Condition(c)));
    expressions.ingredients().forEach(i -> hint.come.add(new Suggestion.Ingredient(i)));
  }

  /** A first answer, or none, has come: nothing more is waited for. */
  void answered(IncidentId incident) {
    of(incident).answered = true;
  }

  /** Nothing more is wanted about an incident. */
  synchronized void forget(IncidentId incident) {
    hints.remove(incident);
  }

  private synchronized Hint of(IncidentId incident) {
    return hints.computeIfAbsent(incident, i -> new Hint());
  }

  /** What comes of an incident from now on, and what came before. */
  Suggestions about(IncidentId incident) {
    if (patience.isZero()) {
      return Suggestions.none();
    }
    Hint hint = of(incident);
    long until = nanos.getAsLong() + patience.toNanos();
    return new Suggestions() {
      @Override
      public List<Suggestion> taken() {
        List<Suggestion> taken = new ArrayList<>();
        hint.come.drainTo(taken);
        return taken;
      }

      @Override
      public boolean more(boolean found) {
        if (found || hint.answered || nanos.getAsLong() - until >= 0 || !hint.come.isEmpty()) {
          return !hint.come.isEmpty();
        }
        try {
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
          return true;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
    };
  }
}
