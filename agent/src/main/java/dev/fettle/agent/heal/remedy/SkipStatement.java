package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with the next statement. What the statement would have declared starts as its type's
 * standard value; a switch takes its default. Source: failure-oblivious computing (Rinard et al.
 * 2004) and the "steamroller" of Healer (Sun et al. 2024).
 */
record SkipStatement() implements Remedy {
  @Override
  public String name() {
    return "skip-statement";
  }

  @Override
  public String page() {
    return "skip-statement";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    for (Exit exit : new Exit[] {Exit.NEXT, Exit.DEFAULT}) {
      if (scene.allows(exit)) {
        return Plan.always(new Action.Resume(exit, FreshVariables.at(scene, exit)));
      }
    }
    return null;
  }
}
