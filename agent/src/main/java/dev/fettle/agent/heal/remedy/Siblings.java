package dev.fettle.agent.heal.remedy;

import org.jspecify.annotations.Nullable;

/**
 * Variables in scope that hold a value of a wanted type: a list of texts does not stand in for one
 * of numbers, where the class file tells them apart.
 */
record Siblings() {
  /** The first that is not null, parameters first; null when there is none. */
  static @Nullable Object of(Scene scene, String descriptor) {
    int at = scene.site().regionFirst();
    NullFault fault = scene.nothing();
    String wanted =
        fault != null && fault.value() instanceof Expression.Variable missing
            ? Variables.signature(scene.method(), missing.slot(), at)
            : null;
    for (Variables.Named variable : Variables.at(scene.method(), scene.site().regionFirst())) {
      if (variable.descriptor().equals(descriptor)
          && scene.site().isLive(variable.slot())
          && isAlike(wanted, Variables.signature(scene.method(), variable.slot(), at))) {
        Object value = scene.failure().localsAtStart()[variable.slot()];
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }

  private static boolean isAlike(@Nullable String wanted, @Nullable String given) {
    return wanted == null || given == null || wanted.equals(given);
  }
}
