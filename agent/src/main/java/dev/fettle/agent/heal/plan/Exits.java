package dev.fettle.agent.heal.plan;

import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.SiteFacts.Loop;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/** Where failing regions may go on, and why not elsewhere. */
final class Exits {
  private static final int LOOPS = 4;
  private static final int SEARCHED = 200;
  private static final String UNNAMED =
      "a temporary of the compiler, or a variable without a debug name, would have no value there";

  private final CodeFacts code;
  private final Statements statements;
  private final Loops loops;

  Exits(CodeFacts code, Statements statements, Loops loops) {
    this.code = code;
    this.statements = statements;
    this.loops = loops;
  }

  Region region(int r, List<Integer> suspects, Object[] types) {
    int first = statements.first(r);
    int last = statements.last(r);
    int from = suspects.get(0);
    Map<Exit, Integer> targets = new LinkedHashMap<>();
    List<Loop> around = loops.around(code.leaders[r]);
    Set<Integer> flow = flow(r, types);
    Integer next = next(r, types);
    if (next != null) {
      targets.put(Exit.NEXT, next);
    }
    conditions(r, targets);
    for (int k = 0; k < Math.min(LOOPS, around.size()); k++) {
      targets.put(Exit.continueOf(k), around.get(k).next());
      if (around.get(k).exit() >= 0) {
        targets.put(Exit.breakOf(k), around.get(k).exit());
      }
    }
    Map<Exit, String> refusals = new LinkedHashMap<>();
    targets.forEach(
        (exit, target) -> {
          String why = refusal(from, target, types, flow.contains(target));
          if (why != null) {
            refusals.put(exit, why);
          }
        });
    return new Region(
        r,
        code.leaders[r],
        code.lastOf(r),
        suspects,
        code.leaders[first],
        code.lastOf(last),
        around,
        targets,
        refusals,
        List.copyOf(flow),
        returnRefusal(from));
  }

  private void conditions(int r, Map<Exit, Integer> targets) {
    if (statements.isInChain(r)) {
      put(targets, Exit.THEN, statements.whole(r, true));
      put(targets, Exit.ELSE, statements.whole(r, false));
      put(targets, Exit.PART_TRUE, statements.part(r, true));
      put(targets, Exit.PART_FALSE, statements.part(r, false));
    } else if (statements.isSwitch(r)) {
      var end = code.code[code.lastOf(r)];
      int otherwise =
          end instanceof TableSwitchInsnNode table
              ? code.at(table.dflt)
              : code.at(((LookupSwitchInsnNode) end).dflt);
      put(targets, Exit.DEFAULT, otherwise);
    }
  }

  private void put(Map<Exit, Integer> targets, Exit exit, int target) {
    if (code.isLeader(target)) {
      targets.put(exit, target);
    }
  }

  /**
   * Where the statement's own code may lead to; a replay gives every value that is needed there.
   */
  private Set<Integer> flow(int r, Object[] types) {
    TreeSet<Integer> found = new TreeSet<>();
    for (int each = statements.first(r); each <= statements.last(r); each++) {
      for (int target : statements.exits(each)) {
        boolean sameLocks = code.monitorsAt(target) == code.monitorsAt(code.leaders[r]);
        if (sameLocks && isExpressible(types, target)) {
          found.add(target);
        }
      }
    }
    return found;
  }

  /** Whether woven code can make what the verifier wants at a target. */
  private boolean isExpressible(Object[] types, int target) {
    Object[] need = MethodPlan.targetTypes(code, target);
    for (int slot = 0; slot < need.length; slot++) {
      if (!Types.fits(types[slot], need[slot]) && !Types.isWritable(need[slot])) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Integer next(int r, Object[] types) {
    int last = statements.last(r);
    if (statements.isInChain(last) || statements.isSwitch(last)) {
      return null;
    }
    int from = code.leaders[statements.first(r)];
    int to = code.lastOf(last);
    List<Integer> open = new ArrayList<>();
    for (int each = r; each <= last; each++) {
      for (int target : statements.exits(each)) {
        if ((target < from || target > to) && !open.contains(target)) {
          open.add(target);
        }
      }
    }
    return firstNamed(open, code.leaders[r], types);
  }

  /** The first place in order of flow that needs no temporary; else the first place at all. */
  private @Nullable Integer firstNamed(List<Integer> open, int from, Object[] types) {
    Integer first = open.isEmpty() ? null : open.get(0);
    BitSet seen = new BitSet();
    List<Integer> queue = new ArrayList<>(open);
    for (int i = 0; i < queue.size() && i < SEARCHED; i++) {
      int target = queue.get(i);
      if (unnamed(types, target) == null
          && code.monitorsAt(target) == code.monitorsAt(from)
          && (open.contains(target) || code.cleanups(target).equals(code.cleanups(from)))) {
        return target;
      }
      seen.set(target);
      for (int behind : statements.exits(code.regionOf[target])) {
        if (!seen.get(behind)) {
          seen.set(behind);
          queue.add(behind);
        }
      }
    }
    return first;
  }

  private @Nullable String unnamed(Object[] types, int target) {
    for (int slot : MethodPlan.fresh(types, MethodPlan.targetTypes(code, target))) {
      if (MethodPlan.variable(code, slot, target) == null) {
        return UNNAMED;
      }
    }
    return null;
  }

  private @Nullable String refusal(int from, int target, Object[] types, boolean flows) {
    if (code.monitorsAt(target) != code.monitorsAt(from)) {
      return "it would leave or enter a synchronized block";
    }
    if (!flows && !code.cleanups(target).equals(code.cleanups(from))) {
      return "it would skip a finally block or leave a synchronized block";
    }
    if (!isExpressible(types, target)) {
      return "the verifier knows values there that cannot be made";
    }
    return unnamed(types, target);
  }

  private @Nullable String returnRefusal(int from) {
    if (code.monitorsAt(from) > 0) {
      return "it would leave a synchronized block";
    }
    if (!code.cleanups(from).isEmpty()) {
      return "it would skip a finally block";
    }
    boolean constructor = code.method.name.equals("<init>");
    return constructor && (code.method.access & Opcodes.ACC_STATIC) != 0 ? "not a method" : null;
  }
}
