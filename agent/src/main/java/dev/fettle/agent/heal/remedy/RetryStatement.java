package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * Runs the statement again, for failures that pass: those of the surroundings after short pauses
 * that grow fourfold, those of a race once, at once. No thread waits that holds a lock of the
 * method, and never more than {@value #WAITING} threads of a place. Source: Rx (Qin et al. 2005);
 * exponential backoff as of Ethernet (Metcalfe and Boggs 1976).
 */
record RetryStatement() implements Remedy {
  private static final List<Integer> PAUSES = List.of(5, 20, 80);
  private static final int WAITING = 4;

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
    if (scene.failure().replayRefusal(false) != null) {
      return null;
    } else if (scene.kind() == Kind.CONCURRENT) {
      return again();
    }
    return scene.kind() == Kind.TRANSIENT ? patient(scene) : null;
  }

  static Plan again() {
    return Plan.always(new Action.Replay(false, Map.of(), Map.of(), false));
  }

  private static Plan patient(Scene scene) {
    boolean locks =
        scene.site().returnRefusal() != null
            || (scene.method().access & Opcodes.ACC_SYNCHRONIZED) != 0;
    if (locks) {
      return again();
    }
    Semaphore waiting = new Semaphore(WAITING);
    return failure ->
        waiting.tryAcquire()
            ? new Action.Repeat(PAUSES, waiting::release)
            : new Action.Repeat(List.of(0), () -> {});
  }
}
