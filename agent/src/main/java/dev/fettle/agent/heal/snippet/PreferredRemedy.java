package dev.fettle.agent.heal.snippet;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.options.HealMode;
import dev.fettle.wire.RemedyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A built-in remedy that was preferred at a place. It is fitted there anew, so that everything that
 * forbids it to the agent's own choice forbids it here too. Thread-safe.
 */
final class PreferredRemedy implements Prescribed {
  /** One statement may be several regions. */
  private static final int REGIONS = 16;

  private final RemedyOrder order;
  private final Chooser remedies;
  private final LongSupplier wallMillis;
  private final Map<SiteFacts, Treatment> fitted = new ConcurrentHashMap<>();
  private volatile boolean current = true;

  PreferredRemedy(RemedyOrder order, Chooser remedies, LongSupplier wallMillis) {
    this.order = order;
    this.remedies = remedies;
    this.wallMillis = wallMillis;
  }

  @Override
  public RemedyOrder order() {
    return order;
  }

  @Override
  public HealMode needs() {
    return HealMode.TYPED;
  }

  @Override
  public void withdraw() {
    current = false;
  }

  @Override
  public String name() {
    return order.remedy();
  }

  @Override
  public double confidence() {
    return order.confidence() / 1000.0;
  }

  @Override
  public String rationale() {
    return order.rationale();
  }

  @Override
  public List<String> evidence() {
    List<String> evidence = new ArrayList<>();
    evidence.add(Prescribed.given(confidence()));
    fitted.values().stream()
        .findFirst()
        .ifPresent(known -> known.evidence().forEach(e -> evidence.add("by counts alone, " + e)));
    return evidence;
  }

  @Override
  public boolean isCurrent() {
    return current && wallMillis.getAsLong() < order.expires();
  }

  @Override
  public Action act(Failure failure) {
    Treatment known = fitted.get(failure.site());
    if (known == null) {
      known = remedies.named(failure, order.remedy());
      if (known == null) {
        return new Action.Escalate("the remedy does not fit here");
      }
      if (fitted.size() < REGIONS) {
        fitted.put(failure.site(), known);
      }
    }
    return known.isCurrent() ? known.act(failure) : new Action.Escalate("the remedy did harm here");
  }
}
