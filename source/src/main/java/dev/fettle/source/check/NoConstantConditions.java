package dev.fettle.source.check;

import java.util.Map;
import java.util.Optional;

/** A repair adds no condition that is always the same: such a one switches code off. */
final class NoConstantConditions extends Comparison {
  NoConstantConditions(Shared shared) {
    super(shared, "no constant conditions", 6);
  }

  @Override
  Optional<String> objection(Pair pair, Read read) {
    Map<String, Integer> before = pair.before().constantConditions;
    Map<String, Integer> after = pair.after().constantConditions;
    return after.keySet().stream()
        .filter(c -> Traits.more(after, before, c) > 0)
        .findFirst()
        .map(c -> "adds a condition that is always the same: " + c);
  }

  @Override
  String fact() {
    return "adds no constant condition";
  }
}
