package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Treatment;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The best remedy for a place that can act on the failure at hand. What one failure does not allow,
 * the next may: nothing is given up for good but by {@link #retire}. A loop that the remedies keep
 * from getting on gets the next best for as long as it does not. Thread-safe.
 */
final class RankedTreatment implements Treatment {
  private final List<Ranked> ranking;
  private final boolean above;
  private final Spins spins;
  private volatile boolean current = true;

  /**
   * @param ranking not empty, best first
   * @param above whether a caller's statement is to be healed instead, where one can be
   * @param maySpin whether the place is in a loop that does not end by itself
   * @param nanos monotonic time
   */
  RankedTreatment(List<Ranked> ranking, boolean above, boolean maySpin, LongSupplier nanos) {
    this.ranking = List.copyOf(ranking);
    this.above = above;
    this.spins = maySpin ? new Spins(nanos) : Spins.NONE;
  }

  @Override
  public String name() {
    return ranking.get(0).remedy().name();
  }

  @Override
  public double confidence() {
    return ranking.get(0).confidence();
  }

  @Override
  public String rationale() {
    return rationale(0);
  }

  private String rationale(int at) {
    StringBuilder others = new StringBuilder();
    for (int i = at + 1; i < Math.min(ranking.size(), at + 4); i++) {
      Ranked next = ranking.get(i);
      others.append(others.isEmpty() ? "; next: " : ", ").append(next.remedy().name());
      others.append(String.format(" %.2f", next.confidence()));
    }
    return String.format(
        "right in %.0f %% of alike failures%s", 100 * ranking.get(at).confidence(), others);
  }

  @Override
  public List<String> evidence() {
    return ranking.get(0).evidence().get();
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
  public Treatment now(Failure failure) {
    if (above && failure.attempt() == 0 && failure.isHealableAbove()) {
      return new Chosen(this, 0, new Action.Escalate("a caller's statement is healed instead"));
    }
    Spins.Verdict verdict = failure.attempt() == 0 ? spins.failed(failure.locals()) : spins.last();
    for (int at = verdict.passedOver(); at < ranking.size(); at++) {
      Ranked ranked = ranking.get(at);
      boolean skipped =
          failure.impossible().contains(ranked.remedy().name())
              || (verdict.mustEnd() && !ends(ranked.remedy()));
      Action action = skipped ? null : ranked.plan().act(failure);
      if (action != null) {
        return new Chosen(this, at, action);
      }
    }
    return new Chosen(this, 0, new Action.Escalate("no remedy is left"));
  }

  @Override
  public Action act(Failure failure) {
    return now(failure).act(failure);
  }

  private static boolean ends(Remedy remedy) {
    return remedy instanceof LeaveLoop || remedy instanceof ReturnValue;
  }

  /** What is done about one failure. */
  private record Chosen(RankedTreatment from, int at, Action action) implements Treatment {
    @Override
    public String name() {
      return from.ranking.get(at).remedy().name();
    }

    @Override
    public double confidence() {
      return from.ranking.get(at).confidence();
    }

    @Override
    public String rationale() {
      return from.rationale(at);
    }

    @Override
    public List<String> evidence() {
      return from.ranking.get(at).evidence().get();
    }

    @Override
    public Action act(Failure failure) {
      return action;
    }
  }
}
