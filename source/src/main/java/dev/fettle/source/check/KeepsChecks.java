package dev.fettle.source.check;

import java.util.Map;
import java.util.Optional;

/**
 * A repair removes no check: no call of something that validates, authorizes or escapes, and no
 * assertion. Of a patch that a model wrote, no throw statement either: generators of this house
 * remove one only by an operator that people know.
 */
final class KeepsChecks extends Comparison {
  KeepsChecks(Shared shared) {
    super(shared, "keeps checks", 7);
  }

  @Override
  Optional<String> objection(Pair pair, Read read) {
    Map<String, Integer> before = pair.before().checks;
    Map<String, Integer> after = pair.after().checks;
    for (String name : before.keySet()) {
      if (Traits.more(after, before, name) < 0) {
        return Optional.of("removes a call of " + name);
      }
    }
    if (read.candidate().generator().startsWith("llm")
        && pair.after().throwing < pair.before().throwing) {
      return Optional.of("removes a throw statement");
    }
    return Optional.empty();
  }

  @Override
  String fact() {
    return "removes no check";
  }
}
