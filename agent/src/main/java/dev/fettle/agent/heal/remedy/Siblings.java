package dev.fettle.agent.heal.remedy;

import org.jspecify.annotations.Nullable;

/** Variables in scope that hold a value of a wanted type. */
record Siblings() {
  /** The first that is not null, parameters first; null when there is none. */
  static @Nullable Object of(Scene scene, String descriptor) {
    for (Variables.Named variable : Variables.at(scene.method(), scene.site().regionFirst())) {
      if (variable.descriptor().equals(descriptor) && scene.site().isLive(variable.slot())) {
        Object value = scene.failure().localsAtStart()[variable.slot()];
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }
}
