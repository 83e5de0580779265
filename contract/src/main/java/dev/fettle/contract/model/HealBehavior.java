package dev.fettle.contract.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a healing snippet does, compared with the statement it stands in for. Source of the names:
 * "Healer" (arXiv 2408.01055), Table 3; the definitions are in {@code docs/snippets.md}.
 */
public enum HealBehavior {
  NO_ACTION,
  VALUE_CHANGE,
  CONDITIONAL_VALUE_CHANGE,
  VARIABLE_INITIALIZATION,
  TYPE_CHANGE,
  LIBRARY_IMPORT,
  FUNCTION_INVOCATION,
  VARIABLE_CHANGE,
  OPERATOR_CHANGE,
  FUNCTION_DEFINITION,
  FUNCTION_REPLACEMENT,
  TYPE_CHANGE_AND_USE,
  API_REPLACEMENT,
  INDEXING_OMISSION,
  LIBRARY_IMPORT_AND_USE,
  CONTEXT_OMISSION,
  RETURN_OMISSION,
  CONTEXT_DUPLICATION,
  CALL_OMISSION;

  /** Whether something that the statement did is left out. */
  public boolean omits() {
    return name().endsWith("_OMISSION");
  }

  /** Everything but omissions. */
  public static Set<HealBehavior> defaults() {
    Set<HealBehavior> all = EnumSet.allOf(HealBehavior.class);
    all.removeIf(HealBehavior::omits);
    return Collections.unmodifiableSet(all);
  }

  /** As written in policy files: {@code value-change}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The behavior of that word. */
  public static Optional<HealBehavior> of(String word) {
    for (HealBehavior behavior : values()) {
      if (behavior.word().equalsIgnoreCase(word.strip())) {
        return Optional.of(behavior);
      }
    }
    return Optional.empty();
  }
}
