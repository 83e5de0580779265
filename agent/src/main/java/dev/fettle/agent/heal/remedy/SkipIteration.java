package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.SiteFacts.Loop;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;

/**
 * Goes on with the next iteration of the loop that moves the failing index, else of the innermost
 * one. In a {@code while} loop it does the counters' steps that lie between, so that the next
 * iteration is another one. Source: error virtualization at loops, as in Ares (Gu et al. 2016).
 */
record SkipIteration() implements Remedy {
  @Override
  public String name() {
    return "skip-iteration";
  }

  @Override
  public String page() {
    return "skip-iteration";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    if (!scene.isInLoop()) {
      return null;
    }
    Plan plan = of(scene);
    return plan != null && scene.loopVaries()
        ? failure -> {
          Plan now = of(new Scene(failure));
          return now == null ? null : now.act(failure);
        }
        : plan;
  }

  private static @Nullable Plan of(Scene scene) {
    int at = scene.loop();
    Exit exit = Exit.continueOf(at);
    if (!scene.allows(exit)) {
      return null;
    }
    Map<Integer, Object> fresh = FreshVariables.at(scene, exit);
    Map<Integer, Integer> steps = stepsAhead(scene, scene.site().loops().get(at));
    return steps.isEmpty()
        ? Plan.always(new Action.Resume(exit, fresh))
        : failure -> {
          Map<Integer, Object> writes = new HashMap<>(fresh);
          steps.forEach(
              (slot, step) -> {
                if (failure.locals()[slot] instanceof Integer value) {
                  writes.put(slot, value + step);
                }
              });
          return new Action.Resume(exit, writes);
        };
  }

  /** Steps that the rest of the body would do, outside inner loops, of counters stepped once. */
  private static Map<Integer, Integer> stepsAhead(Scene scene, Loop loop) {
    Map<Integer, Integer> steps = new HashMap<>();
    if (loop.next() != loop.head()) {
      return steps;
    }
    Map<Integer, Integer> count = new HashMap<>();
    for (int i = loop.first(); i <= loop.last(); i++) {
      AbstractInsnNode node = scene.method().instructions.get(i);
      if (node instanceof IincInsnNode step) {
        count.merge(step.var, 1, Integer::sum);
        if (i > scene.site().regionLast()) {
          steps.put(step.var, step.incr);
        }
      }
    }
    steps.keySet().removeIf(slot -> count.getOrDefault(slot, 0) > 1);
    return steps;
  }
}
