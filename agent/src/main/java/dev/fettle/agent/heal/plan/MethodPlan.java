package dev.fettle.agent.heal.plan;

import dev.fettle.agent.heal.Exit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The regions of a method and the woven code that they need. Immutable. */
public final class MethodPlan {
  private final CodeFacts code;
  private final List<Group> groups;
  private final Map<Integer, Group> groupOf = new LinkedHashMap<>();

  private MethodPlan(CodeFacts code, List<Group> groups) {
    this.code = code;
    this.groups = groups;
    for (Group group : groups) {
      group.regions().forEach(r -> groupOf.put(r.number(), group));
    }
  }

  /**
   * Plans a method.
   *
   * @param owner internal name of its class
   * @param method read with expanded frames, not yet woven
   * @param passing handlers that clean up and throw on, with the instructions that do: finally,
   *     synchronized, try-with-resources
   */
  public static MethodPlan of(
      String owner, MethodNode method, Map<TryCatchBlockNode, AbstractInsnNode> passing) {
    CodeFacts code = new CodeFacts(owner, method, passing);
    return new MethodPlan(code, new Planner(code).groups());
  }

  /** In order; empty when nothing of the method can be healed. */
  public List<Group> groups() {
    return groups;
  }

  /** The region of that number; null when it was not covered. */
  public @Nullable Region region(int number) {
    Group group = groupOf.get(number);
    return group == null
        ? null
        : group.regions().stream().filter(r -> r.number() == number).findFirst().orElseThrow();
  }

  public MethodNode method() {
    return code.method;
  }

  /** Local variable types that code at a target relies on; nulls are the named variable's type. */
  public Object[] typesAt(int target) {
    return targetTypes(code, target);
  }

  /** The instruction at an index. */
  public AbstractInsnNode node(int index) {
    return code.code[index];
  }

  /** Whether an instruction begins with an empty stack. */
  public boolean isLeader(int index) {
    return code.isLeader(index);
  }

  /** Operand stack entries before an instruction, -1 where it is never reached. */
  public int depth(int index) {
    return code.depth[index];
  }

  /** The first instruction at or behind a label. */
  public int at(org.objectweb.asm.tree.LabelNode label) {
    return code.at(label);
  }

  /** The instruction behind another in order. */
  public int after(int index) {
    return code.after(index);
  }

  /** Whether a frame is declared right before an instruction. */
  public boolean hasFrame(int index) {
    return code.frame(index) != null;
  }

  /** Line of an instruction, 0 when unknown. */
  public int lineOf(int index) {
    return code.lineOf(index);
  }

  /** The method's lowest line, 0 when unknown. */
  public int firstLine() {
    return lines().min().orElse(0);
  }

  /** The method's highest line, 0 when unknown. */
  public int lastLine() {
    return lines().max().orElse(0);
  }

  private java.util.stream.IntStream lines() {
    return Arrays.stream(code.code)
        .filter(node -> node instanceof LineNumberNode)
        .mapToInt(node -> ((LineNumberNode) node).line);
  }

  /** Whether a handler only cleans up and throws on. */
  public boolean isCleanup(TryCatchBlockNode block) {
    return block.type == null || code.passing.containsKey(block);
  }

  /** Slots that must be set on the way from a group to a target. */
  public static List<Integer> stores(Group group, Object[] targetTypes) {
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < targetTypes.length; slot++) {
      if (!Types.fits(group.types()[slot], targetTypes[slot])) {
        slots.add(slot);
      }
    }
    return slots;
  }

  /** Frame entries of types by slot. */
  public static List<Object> entries(Object[] bySlot) {
    return Types.entries(bySlot);
  }

  /** Replaces the type of a plain null by what the variable that holds it is declared as. */
  private static Object[] named(CodeFacts code, int index, Object[] types) {
    if (code.frame(index) != null) {
      return types;
    }
    for (int slot = 0; slot < types.length; slot++) {
      if (types[slot] == Opcodes.NULL && !code.isNullSomewhere(slot)) {
        LocalVariableNode variable = variable(code, slot, index);
        if (variable != null && variable.desc.charAt(0) != 'L' && variable.desc.charAt(0) != '[') {
          variable = null;
        }
        if (variable != null) {
          types[slot] = org.objectweb.asm.Type.getType(variable.desc).getInternalName();
        }
      }
    }
    return types;
  }

  /** The named variable in a slot at an instruction; null for temporaries of the compiler. */
  public @Nullable LocalVariableNode variable(int slot, int index) {
    return variable(code, slot, index);
  }

  static @Nullable LocalVariableNode variable(CodeFacts code, int slot, int index) {
    if (code.method.localVariables == null) {
      return null;
    }
    for (LocalVariableNode variable : code.method.localVariables) {
      if (variable.index == slot
          && code.at(variable.start) <= index
          && index < code.at(variable.end)) {
        return variable;
      }
    }
    return null;
  }

  /** Makes one plan. */
  private static final class Planner {
    private final CodeFacts code;
    private final Statements statements;
    private final Exits exits;
    private final boolean skipped;

    Planner(CodeFacts code) {
      this.code = code;
      this.statements = new Statements(code);
      this.exits = new Exits(code, statements, new Loops(code, statements));
      this.skipped = code.method.name.equals("<clinit>");
    }

    private record Key(List<Object> types, List<TryCatchBlockNode> around, boolean returns) {}

    List<Group> groups() {
      Map<Key, List<Region>> found = new LinkedHashMap<>();
      Map<Key, Object[]> types = new LinkedHashMap<>();
      for (int r = 0; !skipped && r < code.leaders.length; r++) {
        List<Integer> suspects = suspects(r);
        Object[] seen = suspects.isEmpty() ? null : types(r, suspects);
        if (seen != null) {
          Region region = exits.region(r, suspects, seen);
          List<TryCatchBlockNode> around =
              code.around(suspects.get(0)).stream().map(CodeFacts.Block::node).toList();
          Key key = new Key(Arrays.asList(seen), around, region.returnRefusal() == null);
          found.computeIfAbsent(key, k -> new ArrayList<>()).add(region);
          types.putIfAbsent(key, seen);
        }
      }
      List<Group> groups = new ArrayList<>();
      found.forEach(
          (key, regions) ->
              groups.add(
                  group(groups.size(), types.getOrDefault(key, new Object[0]), key, regions)));
      return groups;
    }

    private List<Integer> suspects(int r) {
      List<Integer> found = new ArrayList<>();
      for (int i = code.leaders[r]; i <= code.lastOf(r); i++) {
        if (code.code[i].getOpcode() >= 0 && code.depth[i] >= 0 && code.canThrow(i)) {
          found.add(i);
        }
      }
      return found;
    }

    /** What all suspects of a region agree on; null when it cannot be covered. */
    private Object @Nullable [] types(int r, List<Integer> suspects) {
      List<CodeFacts.Block> around = code.around(suspects.get(0));
      Object[] met = null;
      for (int i : suspects) {
        if (!code.around(i).equals(around)) {
          return null;
        }
        Object[] seen = code.locals[i];
        if (seen == null) {
          return null;
        }
        met = met == null ? Arrays.copyOf(seen, code.method.maxLocals) : meet(met, seen);
      }
      return met == null ? null : kept(r, suspects.get(0), met, around);
    }

    private static Object[] meet(Object[] met, Object[] seen) {
      for (int slot = 0; slot < met.length; slot++) {
        Object other = slot < seen.length ? seen[slot] : Opcodes.TOP;
        if (met[slot] != null && !met[slot].equals(other)) {
          met[slot] = Opcodes.TOP;
        }
      }
      return met;
    }

    private Object @Nullable [] kept(int r, int at, Object[] met, List<CodeFacts.Block> around) {
      java.util.BitSet needed = code.needed(code.leaders[r]);
      for (int slot = 0; slot < met.length; slot++) {
        if (met[slot] == null) {
          met[slot] = Opcodes.TOP;
        }
        if (met[slot] == Opcodes.TOP) {
          continue;
        }
        if (Types.isUninitialized(met[slot])) {
          return null;
        }
        if (!needed.get(slot) && !code.isShown(slot, at)) {
          met[slot] = Opcodes.TOP;
        }
      }
      dropHalves(met);
      named(code, at, met);
      return suits(met, around) ? met : null;
    }

    /** A long or double whose slot was lost leaves nothing behind. */
    private static void dropHalves(Object[] types) {
      for (int slot = 0; slot + 1 < types.length; slot++) {
        if (Types.isWide(types[slot])) {
          types[slot + 1] = Opcodes.TOP;
        }
      }
    }

    /** Whether the program's own handlers accept these variables. */
    private boolean suits(Object[] types, List<CodeFacts.Block> around) {
      for (CodeFacts.Block block : around) {
        var frame = code.frame(block.handler());
        if (frame == null) {
          return false;
        }
        Object[] declared = Types.bySlot(frame.local, types.length);
        Object[] original = code.locals[block.from()];
        for (int slot = 0; slot < types.length; slot++) {
          boolean unchanged =
              original != null && slot < original.length && types[slot].equals(original[slot]);
          if (!unchanged
              && !Types.fits(types[slot], declared[slot])
              && !sameKind(types[slot], declared[slot])) {
            return false;
          }
        }
      }
      return true;
    }

    /** Two classes: the verifier accepted the one where the other is declared, at the suspect. */
    private static boolean sameKind(Object type, Object declared) {
      return type instanceof String && declared instanceof String;
    }

    private Group group(int number, Object[] types, Key key, List<Region> regions) {
      TreeSet<Integer> targets = new TreeSet<>();
      TreeSet<Integer> written = new TreeSet<>();
      for (Region region : regions) {
        region
            .targets()
            .forEach(
                (exit, target) -> {
                  if (!region.refusals().containsKey(exit)) {
                    targets.add(target);
                  }
                });
        targets.addAll(region.flow());
        accessed(region, types, written);
      }
      List<Integer> passed = new ArrayList<>();
      for (int slot = 0; slot < types.length; slot++) {
        if (types[slot] != Opcodes.TOP) {
          passed.add(slot);
        }
      }
      return new Group(
          number,
          types,
          passed,
          List.copyOf(written),
          List.copyOf(targets),
          key.around(),
          regions,
          key.returns());
    }

    private void accessed(Region region, Object[] types, Set<Integer> written) {
      for (int i = region.statementFirst(); i <= region.statementLast(); i++) {
        AbstractInsnNode node = code.code[i];
        int slot =
            node instanceof VarInsnNode var
                ? var.var
                : node instanceof IincInsnNode increment ? increment.var : -1;
        boolean isThis = slot == 0 && (code.method.access & Opcodes.ACC_STATIC) == 0;
        if (slot >= 0 && !isThis && Types.isWritable(types[slot])) {
          written.add(slot);
        }
      }
    }
  }

  /** Slots without a value that a target needs; all are named variables if the exit is allowed. */
  public List<Integer> fresh(Group group, int target) {
    return fresh(group.types(), typesAt(target));
  }

  static List<Integer> fresh(Object[] have, Object[] need) {
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < need.length; slot++) {
      if (need[slot] != Opcodes.TOP && !sameKind(have[slot], need[slot])) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private static boolean sameKind(Object have, Object need) {
    boolean references =
        (have instanceof String || have == Opcodes.NULL)
            && (need instanceof String || need == Opcodes.NULL);
    return references || have.equals(need);
  }

  static Object[] targetTypes(CodeFacts code, int target) {
    return named(code, target, code.typesAt(target));
  }

  /** Exits of all kinds, for tests and pages. */
  public Map<Exit, Integer> targets(Region region) {
    return region.targets();
  }
}
