package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves the variable behind an index so far that the index lies inside, and runs the statement
 * again: what comes later sees the corrected variable too. Source: data structure repair (Demsky
 * and Rinard 2003), checkpoint-free.
 */
record CorrectIndex() implements Remedy {
  @Override
  public String name() {
    return "correct-index";
  }

  @Override
  public String page() {
    return "change-state";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    IndexFault fault = scene.index();
    if (fault == null || scene.failure().replayRefusal(false) != null) {
      return null;
    }
    return action(scene.failure(), fault) == null
        ? null
        : failure -> {
          IndexFault now = new Scene(failure).index();
          return now == null ? null : action(failure, now);
        };
  }

  private static @Nullable Action action(Failure failure, IndexFault fault) {
    Map<Integer, Integer> weights = new HashMap<>();
    boolean sum = Motion.addWeights(fault.index().bare(), 1, weights);
    if (!sum || weights.size() != 1 || fault.nearest() < 0) {
      return null;
    }
    Map.Entry<Integer, Integer> only = weights.entrySet().iterator().next();
    if (Math.abs(only.getValue()) != 1
        || !(failure.localsAtStart()[only.getKey()] instanceof Integer before)) {
      return null;
    }
    int moved = before + only.getValue() * (fault.nearest() - fault.value());
    return new Action.Replay(false, Map.of(only.getKey(), moved), Map.of(), false);
  }
}
