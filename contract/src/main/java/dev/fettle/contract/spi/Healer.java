package dev.fettle.contract.spi;

import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import java.util.List;

/**
 * Proposes what to do at a failing statement of a running program. What it says is judged by
 * others: policy, the classifier of behaviors, the verifier of snippets. Thread-safe.
 */
public interface Healer {
  /** Short and stable. */
  String name();

  /** Best first; may be empty; may throw, which ends this healer's turn only. */
  List<HealProposal> proposals(HealRequest request);
}
