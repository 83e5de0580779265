package dev.fettle.agent.heal.plan;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Joins regions to source statements. Compilers leave the stack empty between the operands of
 * {@code &&}, {@code ||} and {@code ?:}; the way jumps lead tells these apart from statements of
 * their own.
 */
final class Statements {
  private final CodeFacts code;
  private final int[] first;
  private final int[] last;
  private final boolean[] jumpIsTrue;
  private final int[] chainEnd;

  Statements(CodeFacts code) {
    this.code = code;
    int count = code.leaders.length;
    first = new int[count];
    last = new int[count];
    jumpIsTrue = new boolean[count];
    chainEnd = new int[count];
    chains(count);
    join(count);
  }

  /** Whether a region ends in a jump that leaves nothing on the stack. */
  boolean isCondition(int region) {
    int end = code.lastOf(region);
    if (!code.isConditionalJump(end)) {
      return false;
    }
    return code.successors(end).stream().allMatch(code::isLeader);
  }

  boolean isSwitch(int region) {
    int end = code.lastOf(region);
    return code.code[end] instanceof TableSwitchInsnNode
        || code.code[end] instanceof LookupSwitchInsnNode;
  }

  /** Whether a region leads to code that expects something on the stack: an operand of ?:. */
  private boolean isOpen(int region) {
    return code.successors(code.lastOf(region)).stream()
        .anyMatch(i -> i < code.code.length && code.depth[i] > 0);
  }

  private int jumpTarget(int region) {
    return code.at(((JumpInsnNode) code.code[code.lastOf(region)]).label);
  }

  private int start(int region) {
    return region < code.leaders.length ? code.leaders[region] : code.code.length;
  }

  private void chains(int count) {
    for (int r = count - 1; r >= 0; r--) {
      chainEnd[r] = -1;
      if (isCondition(r)) {
        chain(r, count);
      }
    }
  }

  /** Links a condition to those behind it that the same source condition holds. */
  private void chain(int r, int count) {
    int target = jumpTarget(r);
    chainEnd[r] = r;
    jumpIsTrue[r] = target <= code.leaders[r];
    int next = r + 1;
    if (next >= count || chainEnd[next] < 0 || target <= code.leaders[r]) {
      return;
    }
    int end = chainEnd[next];
    for (int q = next; q <= end; q++) {
      boolean same = jumpTarget(q) == target;
      if (same || start(q + 1) == target) {
        jumpIsTrue[r] = same == jumpIsTrue[q];
        chainEnd[r] = end;
        return;
      }
    }
  }

  private void join(int count) {
    int r = 0;
    while (r < count) {
      int end = r;
      while (true) {
        if (chainEnd[end] > end) {
          end = chainEnd[end];
        } else if (end + 1 < count && (isOpen(end) || opensAfter(end))) {
          end++;
        } else {
          break;
        }
      }
      for (int each = r; each <= end; each++) {
        first[each] = r;
        last[each] = end;
      }
      r = end + 1;
    }
  }

  /** A condition whose first branch leaves a value: {@code c ? x : y}. */
  private boolean opensAfter(int region) {
    return chainEnd[region] >= 0 && isOpen(region + 1);
  }

  /** First region of the statement. */
  int first(int region) {
    return first[region];
  }

  /** Last region of the statement. */
  int last(int region) {
    return last[region];
  }

  boolean isInChain(int region) {
    return chainEnd[region] >= 0;
  }

  /** Where an operand of a condition leads. */
  int part(int region, boolean outcome) {
    int end = code.lastOf(region);
    return outcome == jumpIsTrue[region] ? jumpTarget(region) : code.after(end);
  }

  /** Where the whole condition leads. */
  int whole(int region, boolean outcome) {
    return part(chainEnd[region], outcome);
  }

  /** Where control is when a region has run, following the code to the next empty stacks. */
  List<Integer> exits(int region) {
    List<Integer> found = new ArrayList<>();
    List<Integer> open = new ArrayList<>(List.of(code.leaders[region]));
    java.util.BitSet seen = new java.util.BitSet();
    while (!open.isEmpty()) {
      int i = open.remove(0);
      for (int next : code.successors(i)) {
        if (code.isLeader(next)) {
          if (!found.contains(next)) {
            found.add(next);
          }
        } else if (next < code.code.length && !seen.get(next)) {
          seen.set(next);
          open.add(next);
        }
      }
    }
    return found;
  }
}
