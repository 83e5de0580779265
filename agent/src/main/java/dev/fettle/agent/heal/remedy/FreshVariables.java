package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Exit;
import java.util.HashMap;
import java.util.Map;

/** Variables that the failing statement would have set and that are needed where one goes on. */
record FreshVariables() {
  /** 0, false or the empty text by slot; other references stay null. */
  static Map<Integer, Object> at(Scene scene, Exit exit) {
    Map<Integer, Object> writes = new HashMap<>();
    for (int slot : scene.site().freshAt(exit)) {
      String descriptor = Variables.descriptor(scene.method(), slot, scene.site().target(exit));
      Object value = descriptor == null ? null : Substitutes.neutral(descriptor);
      if (value != null) {
        writes.put(slot, value);
      }
    }
    return writes;
  }
}
