package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Goes on behind the loop that moves the failing index, else behind the innermost one. Source: loop
 * perforation and Jolt (Carbin et al. 2011), which leave loops that do no more good.
 */
record LeaveLoop() implements Remedy {
  @Override
  public String name() {
    return "leave-loop";
  }

  @Override
  public String page() {
    return "leave-loop";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    if (!scene.isInLoop()) {
      return null;
    }
    if (scene.loopVaries()) {
      return action(scene) == null ? null : failure -> action(new Scene(failure));
    }
    Action action = action(scene);
    return action == null ? null : Plan.always(action);
  }

  private static @Nullable Action action(Scene scene) {
    Exit exit = Exit.breakOf(scene.loop());
    return scene.allows(exit) ? new Action.Resume(exit, FreshVariables.at(scene, exit)) : null;
  }
}
