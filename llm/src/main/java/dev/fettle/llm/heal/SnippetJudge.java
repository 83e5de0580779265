package dev.fettle.llm.heal;

import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import java.util.Optional;

/** Compiles, classifies and vets a snippet. Thread-safe. */
public interface SnippetJudge {
  /** Why it may not run, in words for who wrote it; empty when it may. */
  Optional<String> refusal(HealRequest request, HealProposal.RunSnippet snippet);
}
