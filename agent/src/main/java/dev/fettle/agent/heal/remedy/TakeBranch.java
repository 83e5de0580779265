package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Decides a condition that could not be evaluated. Source: condition forcing as in predicate
 * switching (Zhang et al. 2006) and Nopol's angelic values (Xuan et al. 2017), at run time.
 */
record TakeBranch(Way way) implements Remedy {
  enum Way {
    FALSE("condition-false"),
    TRUE("condition-true"),
    OPERAND_FALSE("operand-false"),
    OPERAND_TRUE("operand-true");

    private final String word;

    Way(String word) {
      this.word = word;
    }

    private Exit exit() {
      return switch (this) {
        case FALSE -> Exit.ELSE;
        case TRUE -> Exit.THEN;
        case OPERAND_FALSE -> Exit.PART_FALSE;
        case OPERAND_TRUE -> Exit.PART_TRUE;
      };
    }
  }

  @Override
  public String name() {
    return way.word;
  }

  @Override
  public String page() {
    return "take-branch";
  }

  /** An operand that decides alone is the whole condition: one name for one thing. */
  @Override
  public @Nullable Plan plan(Scene scene) {
    if (!scene.allows(way.exit()) || isWhole(scene)) {
      return null;
    }
    return Plan.always(new Action.Resume(way.exit(), FreshVariables.at(scene, way.exit())));
  }

  private boolean isWhole(Scene scene) {
    Exit whole =
        switch (way) {
          case OPERAND_FALSE -> Exit.ELSE;
          case OPERAND_TRUE -> Exit.THEN;
          case TRUE, FALSE -> null;
        };
    return whole != null
        && scene.allows(whole)
        && scene.site().target(whole) == scene.site().target(way.exit());
  }
}
