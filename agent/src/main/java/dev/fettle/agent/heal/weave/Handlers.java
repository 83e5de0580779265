package dev.fettle.agent.heal.weave;

import dev.fettle.agent.heal.plan.Group;
import dev.fettle.agent.heal.plan.MethodPlan;
import dev.fettle.agent.heal.plan.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The code of one method's handlers. Each handler pushes the region's number; regions that see the
 * same variables share the rest, and all groups outside of the program's handlers the ways out.
 * Every byte counts: the JIT inlines by size. Confined to one weaver.
 */
final class Handlers {
  private static final String THROWABLE = "java/lang/Throwable";

  /** Our variables: the throwable, the resumption and its target. */
  static final int SLOTS = 3;

  /** Those that are set once it is known how to go on. */
  private static final List<Object> OWN = List.of(THROWABLE, Values.RESUMPTION);

  /** What a call that failed to be made throws; what it passes on is the program's. */
  private static final List<String> NOT_CALLED =
      List.of("java/lang/LinkageError", "java/lang/VirtualMachineError");

  /** Up to so many tests take fewer bytes than a switch. */
  private static final int MOST_TESTS = 5;

  private static final Handle BOOTSTRAP =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          "dev/fettle/boot/heal/HealHook",
          "failure",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
              + "Ljava/lang/String;Ljava/lang/String;I)Ljava/lang/invoke/CallSite;",
          false);

  /** How a group's code leaves the method. */
  private static final class WaysOut {
    final LabelNode ownFailure = new LabelNode();
    final LabelNode rethrow = new LabelNode();
    final LabelNode out = new LabelNode();
    boolean used;
    boolean chooses;
    boolean returns;
  }

  private final MethodNode method;
  private final MethodPlan plan;
  private final int thrown;
  private final InsnList appended = new InsnList();
  private final Values values;
  private final Map<Integer, LabelNode> targets = new HashMap<>();
  private final List<TryCatchBlockNode> entries = new ArrayList<>();
  private final List<TryCatchBlockNode> around = new ArrayList<>();
  private final IdentityHashMap<Region, LabelNode> handlers = new IdentityHashMap<>();
  private final WaysOut shared = new WaysOut();

  /**
   * @param thrown the first of {@link #SLOTS} slots that no code of the program uses
   */
  Handlers(MethodNode method, MethodPlan plan, int thrown) {
    this.method = method;
    this.plan = plan;
    this.thrown = thrown;
    this.values = new Values(appended, thrown + 1);
  }

  /** The handlers' code, to be added behind the method's. */
  InsnList code() {
    return appended;
  }

  /** Where a region's failures go. */
  LabelNode of(Region region) {
    return Objects.requireNonNull(handlers.get(region), "a region of no group");
  }

  /** Labels in the method that handlers jump to, by instruction. */
  Map<Integer, LabelNode> targets() {
    return targets;
  }

  /** Entries over the handlers' own code, in the order in which they are tried. */
  List<TryCatchBlockNode> entries() {
    List<TryCatchBlockNode> all = new ArrayList<>(entries);
    all.addAll(around);
    return all;
  }

  void append(Group group) {
    begin(group);
    if (group.onlyLeaves()) {
      leave(group);
    } else {
      goOn(group, ask(group));
    }
  }

  /** After the last group. */
  void end() {
    if (shared.chooses) {
      leaveBy(shared, new Object[0]);
      return;
    }
    if (shared.used) {
      appendRethrow(shared, new Object[0]);
    }
  }

  /** Handlers, up to where the throwable is kept and on the stack below the region's number. */
  private void begin(Group group) {
    LabelNode tail = new LabelNode();
    List<Region> regions = group.regions();
    boolean alone = regions.size() == 1;
    for (int i = 0; i < regions.size(); i++) {
      LabelNode handler = new LabelNode();
      handlers.put(regions.get(i), handler);
      appended.add(handler);
      appended.add(frame(group.types(), List.of(), THROWABLE));
      if (alone) {
        appended.add(new InsnNode(Opcodes.DUP));
        appended.add(new VarInsnNode(Opcodes.ASTORE, thrown));
      }
      values.push(regions.get(i).number());
      if (i + 1 < regions.size()) {
        appended.add(new JumpInsnNode(Opcodes.GOTO, tail));
      }
    }
    if (!alone) {
      appended.add(tail);
      appended.add(frame(group.types(), List.of(), THROWABLE, Opcodes.INTEGER));
      appended.add(new InsnNode(Opcodes.DUP2));
      appended.add(new InsnNode(Opcodes.POP));
      appended.add(new VarInsnNode(Opcodes.ASTORE, thrown));
    }
  }

  /** The call gives the method's result, or throws what goes on. */
  private void leave(Group group) {
    shared.used = true;
    LabelNode start = new LabelNode();
    LabelNode end = new LabelNode();
    Type result = Type.getReturnType(method.desc);
    appended.add(start);
    call(group, result.getDescriptor());
    appended.add(end);
    for (String failure : NOT_CALLED) {
      entries.add(new TryCatchBlockNode(start, end, shared.ownFailure, failure));
    }
    appended.add(new InsnNode(result.getOpcode(Opcodes.IRETURN)));
  }

  private void call(Group group, String result) {
    appended.add(
        new InvokeDynamicInsnNode(
            "failed",
            "(Ljava/lang/Throwable;I" + values.load(group) + ")" + result,
            BOOTSTRAP,
            method.name,
            method.desc,
            group.number()));
  }

  /** Ends with a resumption in the second own slot, or none where what is around allows that. */
  private WaysOut ask(Group group) {
    LabelNode callStart = new LabelNode();
    LabelNode callEnd = new LabelNode();
    WaysOut out = waysOut(group);
    appended.add(callStart);
    call(group, "L" + Values.RESUMPTION + ";");
    appended.add(callEnd);
    appended.add(new VarInsnNode(Opcodes.ASTORE, thrown + 1));
    // tried before those around: our own failure is not the program's
    entries.add(new TryCatchBlockNode(callStart, callEnd, out.ownFailure, null));
    if (out != shared) {
      LabelNode goOn = new LabelNode();
      LabelNode end = new LabelNode();
      appended.add(new VarInsnNode(Opcodes.ALOAD, thrown + 1));
      appended.add(new JumpInsnNode(Opcodes.IFNONNULL, goOn));
      appended.add(new JumpInsnNode(Opcodes.GOTO, out.rethrow));
      appendRethrow(out, group.types());
      appended.add(end);
      appended.add(goOn);
      appended.add(frame(group.types(), OWN));
      cover(group, callStart, end);
    }
    return out;
  }

  /** What the program has around the regions of a group lies around their code too. */
  private void cover(Group group, LabelNode start, LabelNode end) {
    for (TryCatchBlockNode each : group.around()) {
      around.add(new TryCatchBlockNode(start, end, each.handler, each.type));
    }
  }

  /** Handlers of the program lie around code of a group, so it cannot be anywhere. */
  private WaysOut waysOut(Group group) {
    WaysOut out = group.around().isEmpty() ? shared : new WaysOut();
    out.used = true;
    out.chooses = true;
    out.returns |= group.returns();
    return out;
  }

  private void appendRethrow(WaysOut out, Object[] types) {
    appended.add(out.ownFailure);
    appended.add(frame(types, List.of(THROWABLE), THROWABLE));
    appended.add(new InsnNode(Opcodes.POP));
    appended.add(out.rethrow);
    appended.add(frame(types, List.of(THROWABLE)));
    appended.add(new VarInsnNode(Opcodes.ALOAD, thrown));
    appended.add(new InsnNode(Opcodes.ATHROW));
  }

  /** Throws what was thrown where there is no resumption, else throws or returns what it says. */
  private void leaveBy(WaysOut out, Object[] types) {
    LabelNode returned = new LabelNode();
    appended.add(out.out);
    appended.add(frame(types, OWN));
    if (out == shared) {
      appended.add(new VarInsnNode(Opcodes.ALOAD, thrown + 1));
      appended.add(new JumpInsnNode(Opcodes.IFNULL, out.rethrow));
    }
    appended.add(new VarInsnNode(Opcodes.ALOAD, thrown + 1));
    appended.add(
        new MethodInsnNode(
            Opcodes.INVOKEVIRTUAL, Values.RESUMPTION, "thrown", "()L" + THROWABLE + ";", false));
    appended.add(new VarInsnNode(Opcodes.ASTORE, thrown));
    if (out.returns) {
      appended.add(new VarInsnNode(Opcodes.ALOAD, thrown));
      appended.add(new JumpInsnNode(Opcodes.IFNULL, returned));
    }
    if (out == shared) {
      appended.add(new JumpInsnNode(Opcodes.GOTO, out.rethrow));
      appendRethrow(out, types);
    } else {
      appended.add(new VarInsnNode(Opcodes.ALOAD, thrown));
      appended.add(new InsnNode(Opcodes.ATHROW));
    }
    if (out.returns) {
      Type type = Type.getReturnType(method.desc);
      appended.add(returned);
      appended.add(frame(types, OWN));
      values.nextResult(type);
      appended.add(new InsnNode(type.getOpcode(Opcodes.IRETURN)));
    }
  }

  private void goOn(Group group, WaysOut out) {
    if (group.restores()) {
      for (int slot : group.written()) {
        values.take(group.types()[slot], slot);
      }
    }
    List<LabelNode> cases = new ArrayList<>();
    Map<LabelNode, Integer> stubs = new LinkedHashMap<>();
    for (int target : group.targets()) {
      boolean direct = MethodPlan.stores(group, plan.typesAt(target)).isEmpty();
      LabelNode to = direct ? target(target) : new LabelNode();
      cases.add(to);
      if (!direct) {
        stubs.put(to, target);
      }
    }
    choose(cases, out.out);
    stubs.forEach((label, target) -> stub(group, label, target));
    if (out != shared) {
      LabelNode start = new LabelNode();
      LabelNode end = new LabelNode();
      appended.add(start);
      leaveBy(out, group.types());
      appended.add(end);
      cover(group, start, end);
    }
  }

  /** Goes to the case that the resumption names; else out of the method. */
  private void choose(List<LabelNode> cases, LabelNode out) {
    int count = cases.size();
    if (count > 0) {
      values.ask("target", "I");
    }
    if (count > MOST_TESTS) {
      LabelNode[] all = cases.toArray(LabelNode[]::new);
      appended.add(new TableSwitchInsnNode(0, count - 1, out, all));
      return;
    }
    if (count > 1) {
      appended.add(new VarInsnNode(Opcodes.ISTORE, thrown + 2));
    }
    for (int i = 0; i < count; i++) {
      if (count > 1) {
        appended.add(new VarInsnNode(Opcodes.ILOAD, thrown + 2));
      }
      if (i > 0) {
        values.push(i);
      }
      int test = i == 0 ? Opcodes.IFEQ : Opcodes.IF_ICMPEQ;
      appended.add(new JumpInsnNode(test, cases.get(i)));
    }
    appended.add(new JumpInsnNode(Opcodes.GOTO, out));
  }

  private void stub(Group group, LabelNode label, int target) {
    Object[] types = plan.typesAt(target);
    appended.add(label);
    appended.add(frame(group.types(), OWN));
    for (int slot : MethodPlan.stores(group, types)) {
      values.take(types[slot], slot);
    }
    appended.add(new JumpInsnNode(Opcodes.GOTO, target(target)));
  }

  private LabelNode target(int index) {
    return targets.computeIfAbsent(index, i -> new LabelNode());
  }

  private FrameNode frame(Object[] types, List<Object> own, Object... stack) {
    List<Object> locals = new ArrayList<>(MethodPlan.entries(types));
    if (!own.isEmpty()) {
      int used = locals.stream().mapToInt(t -> Values.isWide(t) ? 2 : 1).sum();
      for (; used < thrown; used++) {
        locals.add(Opcodes.TOP);
      }
      locals.addAll(own);
    }
    return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
  }

  /** The frame of a place in the method. */
  FrameNode frameAt(int target) {
    return frame(plan.typesAt(target), List.of());
  }
}
