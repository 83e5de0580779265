package dev.fettle.agent.heal.plan;

import java.util.List;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Regions whose failures see the same variables and the same handlers; they share woven code.
 *
 * @param number in the method, from 0
 * @param types verification types of local variables by slot while one of its regions fails
 * @param passed slots whose values are handed over, ascending
 * @param written slots that woven code sets before it goes on, ascending; each is passed
 * @param targets where it can go on: first instructions of regions, ascending
 * @param around the program's handlers around its regions, in order
 * @param regions in order, not empty
 * @param returns whether the method may be left from here
 */
public record Group(
    int number,
    Object[] types,
    List<Integer> passed,
    List<Integer> written,
    List<Integer> targets,
    List<TryCatchBlockNode> around,
    List<Region> regions,
    boolean returns) {
  /** Whether code that sees the variables can run afterwards, so that they must be set. */
  public boolean restores() {
    return !targets.isEmpty() || !around.isEmpty();
  }

  /** Whether all that can be done is to leave the method, with no code of the program around. */
  public boolean onlyLeaves() {
    return returns && targets.isEmpty() && around.isEmpty();
  }
}
