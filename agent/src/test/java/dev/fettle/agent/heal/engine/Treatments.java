package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Operator;
import dev.fettle.agent.heal.Treatment;
import java.util.Map;
import java.util.function.Function;

/** Treatments that tests ask for. */
final class Treatments {
  private Treatments() {}

  /** Always the same action. */
  static Chooser always(Function<Failure, Action> action) {
    Treatment treatment =
        new Treatment() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public double confidence() {
            return 1;
          }

          @Override
          public Action act(Failure failure) {
            return action.apply(failure);
          }
        };
    return failure -> failure.attempt() == 0 ? treatment : null;
  }

  static Chooser exit(Exit exit) {
    return always(f -> new Action.Resume(exit, Map.of()));
  }

  static Chooser giveBack(Object value) {
    return always(f -> new Action.Return(value));
  }

  /** Runs the statement again with that instead of what failed. */
  static Chooser supply(Object value) {
    return always(
        f -> {
          Failure.Culprit culprit = f.culprit();
          if (culprit == null) {
            return new Action.Escalate("not known what failed");
          }
          Operator operator = (operands, original) -> value;
          return new Action.Replay(false, Map.of(), Map.of(culprit.index(), operator), false);
        });
  }
}
