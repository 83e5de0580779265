package dev.fettle.agent.heal.plan;

import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.SiteFacts.Loop;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of instructions from one empty operand stack to the next that can throw. Indexes are those
 * of the method's instructions.
 *
 * @param number in the method, counting runs that cannot throw too
 * @param first its first instruction
 * @param last its last, inclusive
 * @param suspects those that can throw an {@code Exception}, not empty
 * @param statementFirst first instruction of its source statement
 * @param statementLast last one, inclusive
 * @param loops around it, innermost first
 * @param targets where exits lead
 * @param refusals why exits must not be taken
 * @param flow where the statement's own code may lead to
 * @param returnRefusal why the method cannot be left from here; null when it can
 */
public record Region(
    int number,
    int first,
    int last,
    List<Integer> suspects,
    int statementFirst,
    int statementLast,
    List<Loop> loops,
    Map<Exit, Integer> targets,
    Map<Exit, String> refusals,
    List<Integer> flow,
    @Nullable String returnRefusal) {

  /** First instruction that can throw. */
  public int from() {
    return suspects.get(0);
  }

  /** Last instruction that can throw. */
  public int to() {
    return suspects.get(suspects.size() - 1);
  }
}
