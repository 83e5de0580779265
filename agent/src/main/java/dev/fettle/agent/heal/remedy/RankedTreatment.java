package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Treatment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The best remedy for a place, and after it the next best: it moves on when the one at hand cannot
 * help, or leads back to the same failure with the same variables again and again. Thread-safe: the
 * position only grows; what a race may lose is a count.
 */
final class RankedTreatment implements Treatment {
  /** As often the same state may fail in a row: callers may well ask the same thing. */
  private static final int SAME_STATE = 50;

  /** After so many heals of one place one that ends what is going on is taken. */
  private static final int MANY = 5_000;

  private final List<Ranked> ranking;
  private final AtomicInteger position = new AtomicInteger();
  private volatile boolean current = true;
  private int lastState;
  private int same;
  private int heals;

  /**
   * @param ranking not empty, best first
   */
  RankedTreatment(List<Ranked> ranking) {
    this.ranking = List.copyOf(ranking);
  }

  private Ranked now() {
    return ranking.get(Math.min(position.get(), ranking.size() - 1));
  }

  @Override
  public String name() {
    return now().remedy().name();
  }

  @Override
  public double confidence() {
    return now().confidence();
  }

  @Override
  public String rationale() {
    StringBuilder others = new StringBuilder();
    for (int i = position.get() + 1; i < Math.min(ranking.size(), position.get() + 4); i++) {
      Ranked next = ranking.get(i);
      others.append(others.isEmpty() ? "; next: " : ", ").append(next.remedy().name());
      others.append(String.format(" %.2f", next.confidence()));
    }
    return String.format("right in %.0f %% of alike failures%s", 100 * confidence(), others);
  }

  @Override
  public List<String> evidence() {
    return now().evidence().get();
  }

  @Override
  public boolean isCurrent() {
    return current;
  }

  /** The place is to be decided anew. */
  void retire() {
    current = false;
  }

  @Override
  public Action act(Failure failure) {
    int from = position.get();
    if (isStuck(failure)) {
      position.compareAndSet(from, from + 1);
    }
    for (int at = position.get(); at < ranking.size(); at++) {
      Ranked ranked = ranking.get(at);
      boolean skipped =
          failure.impossible().contains(ranked.remedy().name())
              || (heals > MANY && !ends(ranked.remedy()));
      Action action = skipped ? null : ranked.plan().act(failure);
      if (action != null) {
        position.accumulateAndGet(at, Math::max);
        return action;
      }
    }
    return new Action.Escalate("no remedy is left");
  }

  private static boolean ends(Remedy remedy) {
    return remedy instanceof LeaveLoop || remedy instanceof ReturnValue;
  }

  private boolean isStuck(Failure failure) {
    heals++;
    int state = state(failure.locals());
    if (state != lastState) {
      lastState = state;
      same = 0;
      return false;
    }
    same++;
    if (same < SAME_STATE) {
      return false;
    }
    same = 0;
    return true;
  }

  /** Of plain values by value, of others by identity: no code of the application runs. */
  private static int state(@Nullable Object[] locals) {
    int state = 1;
    for (Object value : locals) {
      boolean plain = value instanceof Number || value instanceof Character;
      state = 31 * state + (plain ? value.hashCode() : System.identityHashCode(value));
    }
    return state;
  }
}
