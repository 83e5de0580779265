package dev.fettle.contract.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A failing statement that may be healed. All texts come from outside.
 *
 * @param incident with the exception and the values of its frames
 * @param place the failing statement in its source; null when the source is not known
 * @param statement its text; empty when unknown
 * @param method text of the method around it; empty when unknown
 * @param variables in scope at the statement, with the values seen in the sample
 * @param remedies names of the built-in remedies, in no order
 * @param ceiling what policy allows at most
 * @param behaviors what a snippet may do
 * @param skills declarations of methods that the application registered for contained snippets,
 *     each with what it does
 */
public record HealRequest(
    Incident incident,
    @Nullable SourcePlace place,
    String statement,
    String method,
    List<Variable> variables,
    Set<String> remedies,
    HealMode ceiling,
    Set<HealBehavior> behaviors,
    List<String> skills) {
  public HealRequest {
    variables = List.copyOf(variables);
    remedies = Set.copyOf(remedies);
    behaviors = Set.copyOf(behaviors);
    skills = List.copyOf(skills);
  }

  /** Without skills. */
  public HealRequest(
      Incident incident,
      @Nullable SourcePlace place,
      String statement,
      String method,
      List<Variable> variables,
      Set<String> remedies,
      HealMode ceiling,
      Set<HealBehavior> behaviors) {
    this(incident, place, statement, method, variables, remedies, ceiling, behaviors, List.of());
  }
}
