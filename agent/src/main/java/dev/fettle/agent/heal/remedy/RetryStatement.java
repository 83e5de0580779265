package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statement again, for failures that pass. It waits for nothing: a host thread is not ours
 * to hold. Source: Rx (Qin et al. 2005).
 */
record RetryStatement() implements Remedy {
  @Override
  public String name() {
    return "retry";
  }

  @Override
  public String page() {
    return "retry";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    boolean mayPass = scene.kind() == Kind.TRANSIENT || scene.kind() == Kind.CONCURRENT;
    return mayPass && scene.failure().replayRefusal(false) == null ? again() : null;
  }

  static Plan again() {
    return Plan.always(new Action.Replay(false, Map.of(), Map.of(), false));
  }
}
