package dev.fettle.intake.agent;

import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.Signal;

/** Takes what authenticated agents tell about heals. Thread-safe. */
public interface HealSink {
  /** Returns when both are durable. */
  void healed(HealRecord heal, Signal failure);

  /** What became of a heal. */
  void ended(String heal, HealRecord.Ending ending);

  /** What became of an order; {@code refusal} is empty when it is in place. */
  void snippet(String instance, String snippet, String refusal);

  /** Which remedies fit a failure that is told of next. */
  void fit(FittingRemedies remedies);
}
