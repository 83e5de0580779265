package dev.fettle.agent.heal.weave;

import dev.fettle.agent.heal.plan.Group;
import dev.fettle.agent.heal.plan.MethodPlan;
import dev.fettle.agent.heal.plan.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Appends handlers to one method: a region that fails hands its variables over and is told where to
 * go on. Existing instructions stay as and where they are. Each handler pushes the region's number;
 * regions that see the same variables share the rest, and all groups outside of the program's
 * handlers the ways out. Every byte counts: the JIT inlines by size.
 *
 * <p>The call is an invokedynamic because the JIT compiles one that never ran as a trap, so that
 * the jumps back into the method cost nothing until then.
 */
public final class RegionWeaver {
  /**
   * Errors are not healed, but these are reported; nothing runs when the stack or heap is used up.
   */
  private static final List<String> CAUGHT =
      List.of("java/lang/Exception", "java/lang/AssertionError", "java/lang/LinkageError");

  private static final String THROWABLE = "java/lang/Throwable";

  private static final String RESUMPTION = "dev/fettle/boot/heal/Resumption";

  /** Our variables once it is known how to go on. */
  private static final List<Object> OWN = List.of(THROWABLE, RESUMPTION);

  /** Up to so many tests instead of a switch. */
  private static final int MOST_TESTS = 2;

  private static final Handle BOOTSTRAP =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          "dev/fettle/boot/heal/HealHook",
          "failure",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
              + "Ljava/lang/String;Ljava/lang/String;I)Ljava/lang/invoke/CallSite;",
          false);

  /** An invokedynamic takes at most 255 slots, of which the throwable and the number need two. */
  private static final int SLOTS = 240;

  /**
   * Woven code of a group.
   *
   * @param clauses which may catch what it throws on, in the same method, innermost first
   */
  public record Early(LabelNode start, LabelNode end, List<TryCatchBlockNode> clauses) {}

  private final MethodNode method;
  private final MethodPlan plan;
  private final List<Early> early = new ArrayList<>();
  private final Map<Integer, LabelNode> targets = new HashMap<>();
  private final InsnList appended = new InsnList();
  private final List<TryCatchBlockNode> ownFailures = new ArrayList<>();
  private final List<TryCatchBlockNode> around = new ArrayList<>();
  private final IdentityHashMap<Region, LabelNode> handlers = new IdentityHashMap<>();
  private final WaysOut shared = new WaysOut();
  private AbstractInsnNode[] code = {};
  private List<TryCatchBlockNode> program = List.of();
  private int thrown;

  /** Where a throwable goes on: the one that was thrown, or the one of a resumption. */
  private static final class WaysOut {
    final LabelNode ownFailure = new LabelNode();
    final LabelNode rethrow = new LabelNode();
    final LabelNode other = new LabelNode();
    boolean used;
  }

  /**
   * @param method the one that was planned; changed by {@link #weave()}
   */
  public RegionWeaver(MethodNode method, MethodPlan plan) {
    this.method = method;
    this.plan = plan;
  }

  /**
   * Makes what is to be appended, without changing the method.
   *
   * @param size bytes of the method's code as it is now
   * @return whether there is something, and the code would stay within the limit
   */
  public boolean prepare(int size, int limit) {
    List<Group> groups = plan.groups();
    if (groups.isEmpty() || size > limit || groups.stream().anyMatch(g -> slots(g) > SLOTS)) {
      return false;
    }
    code = method.instructions.toArray();
    program = List.copyOf(method.tryCatchBlocks);
    thrown = method.maxLocals;
    for (Group group : groups) {
      append(group);
    }
    if (shared.used) {
      appendRethrow(shared, new Object[0]);
      appendOther(shared, new Object[0]);
    }
    return size + sizeOf(appended) <= limit;
  }

  /** Changes the method, after {@link #prepare} said that it can be done. */
  public void weave() {
    method.maxLocals = Math.max(method.maxLocals, thrown + 2);
    int stack = plan.groups().stream().mapToInt(RegionWeaver::slots).max().orElse(0) + 4;
    method.maxStack = Math.max(method.maxStack, stack);
    insertTargets();
    cover();
    method.instructions.add(appended);
  }

  private static int sizeOf(InsnList code) {
    CodeSizeEvaluator size = new CodeSizeEvaluator(null);
    code.accept(size);
    code.resetLabels();
    return size.getMaxSize();
  }

  private static int slots(Group group) {
    int slots = 2;
    for (int slot : group.passed()) {
      slots += isWide(group.types()[slot]) ? 2 : 1;
    }
    return slots;
  }

  private static boolean isWide(Object type) {
    return type == Opcodes.LONG || type == Opcodes.DOUBLE;
  }

  private void append(Group group) {
    LabelNode start = new LabelNode();
    LabelNode end = new LabelNode();
    appended.add(start);
    appendHandlers(group);
    appended.add(end);
    early.add(new Early(start, end, clausesAfter(group)));
  }

  /** Clauses that are tried after the first cleanup handler around a group. */
  private List<TryCatchBlockNode> clausesAfter(Group group) {
    List<TryCatchBlockNode> clauses = new ArrayList<>();
    boolean behind = false;
    for (TryCatchBlockNode block : group.around()) {
      boolean cleanup = plan.isCleanup(block);
      behind |= cleanup;
      if (behind && !cleanup) {
        clauses.add(block);
      }
    }
    return clauses;
  }

  /** Where woven code stands before handlers of the program; after {@link #prepare}. */
  public List<Early> early() {
    return early;
  }

  private void appendHandlers(Group group) {
    LabelNode tail = new LabelNode();
    List<Region> regions = group.regions();
    for (int i = 0; i < regions.size(); i++) {
      LabelNode handler = new LabelNode();
      handlers.put(regions.get(i), handler);
      appended.add(handler);
      appended.add(frame(group.types(), List.of(), THROWABLE));
      push(regions.get(i).number());
      if (i + 1 < regions.size()) {
        appended.add(new JumpInsnNode(Opcodes.GOTO, tail));
      }
    }
    appended.add(tail);
    if (regions.size() > 1) {
      appended.add(frame(group.types(), List.of(), THROWABLE, Opcodes.INTEGER));
    }
    ask(group);
  }

  private void push(int number) {
    if (number <= 5) {
      appended.add(new InsnNode(Opcodes.ICONST_0 + number));
    } else if (number <= Byte.MAX_VALUE) {
      appended.add(new IntInsnNode(Opcodes.BIPUSH, number));
    } else if (number <= Short.MAX_VALUE) {
      appended.add(new IntInsnNode(Opcodes.SIPUSH, number));
    } else {
      appended.add(new LdcInsnNode(number));
    }
  }

  /** Ends with a resumption in the second own slot; otherwise the throwable went on. */
  private void ask(Group group) {
    LabelNode start = new LabelNode();
    LabelNode callStart = new LabelNode();
    LabelNode callEnd = new LabelNode();
    LabelNode end = new LabelNode();
    WaysOut out = waysOut(group);
    appended.add(start);
    appended.add(new InsnNode(Opcodes.SWAP));
    appended.add(new InsnNode(Opcodes.DUP));
    appended.add(new VarInsnNode(Opcodes.ASTORE, thrown));
    appended.add(new InsnNode(Opcodes.SWAP));
    appended.add(callStart);
    StringBuilder type = new StringBuilder("(Ljava/lang/Throwable;I");
    for (int slot : group.passed()) {
      Type each = argument(group.types()[slot]);
      appended.add(new VarInsnNode(each.getOpcode(Opcodes.ILOAD), slot));
      type.append(each.getDescriptor());
    }
    appended.add(
        new InvokeDynamicInsnNode(
            "failed",
            type.append(")L" + RESUMPTION + ";").toString(),
            BOOTSTRAP,
            method.name,
            method.desc,
            group.number()));
    appended.add(callEnd);
    appended.add(new InsnNode(Opcodes.DUP));
    appended.add(new VarInsnNode(Opcodes.ASTORE, resumption()));
    if (out == shared) {
      appended.add(new JumpInsnNode(Opcodes.IFNULL, out.rethrow));
    } else {
      LabelNode goOn = new LabelNode();
      appended.add(new JumpInsnNode(Opcodes.IFNONNULL, goOn));
      appended.add(new JumpInsnNode(Opcodes.GOTO, out.rethrow));
      appendRethrow(out, group.types());
      appended.add(end);
      appended.add(goOn);
      appended.add(frame(group.types(), OWN));
      // what the program has around the region
      for (TryCatchBlockNode each : group.around()) {
        around.add(new TryCatchBlockNode(start, end, each.handler, each.type));
      }
    }
    // tried before those: our own failure is not the program's
    ownFailures.add(new TryCatchBlockNode(callStart, callEnd, out.ownFailure, null));
    goOn(group, out);
  }

  /** Handlers of the program lie around code of a group, so it cannot be anywhere. */
  private WaysOut waysOut(Group group) {
    if (!group.around().isEmpty()) {
      return new WaysOut();
    }
    shared.used = true;
    return shared;
  }

  private int resumption() {
    return thrown + 1;
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

  private void appendOther(WaysOut out, Object[] types) {
    appended.add(out.other);
    appended.add(frame(types, OWN));
    appended.add(new VarInsnNode(Opcodes.ALOAD, resumption()));
    appended.add(
        new MethodInsnNode(
            Opcodes.INVOKEVIRTUAL, RESUMPTION, "thrown", "()Ljava/lang/Throwable;", false));
    appended.add(new InsnNode(Opcodes.ATHROW));
  }

  private void goOn(Group group, WaysOut out) {
    if (group.restores()) {
      for (int slot : group.written()) {
        take(group.types()[slot], slot);
      }
    }
    List<LabelNode> cases = new ArrayList<>();
    Map<LabelNode, Integer> stubs = new java.util.LinkedHashMap<>();
    for (int target : group.targets()) {
      boolean direct = MethodPlan.stores(group, plan.typesAt(target)).isEmpty();
      LabelNode to = direct ? target(target) : new LabelNode();
      cases.add(to);
      if (!direct) {
        stubs.put(to, target);
      }
    }
    LabelNode returned = new LabelNode();
    if (group.returns()) {
      cases.add(returned);
    }
    choose(cases, out.other, group.returns());
    if (group.returns()) {
      appendReturn(group, returned);
    }
    stubs.forEach((label, target) -> stub(group, label, target));
    if (out != shared) {
      LabelNode restored = new LabelNode();
      LabelNode end = new LabelNode();
      appended.add(restored);
      appendOther(out, group.types());
      appended.add(end);
      for (TryCatchBlockNode each : group.around()) {
        around.add(new TryCatchBlockNode(restored, end, each.handler, each.type));
      }
    }
  }

  /**
   * Goes to the case that the resumption names; a switch costs more bytes than a few tests.
   *
   * @param lastFollows whether the code of the last case comes next
   */
  private void choose(List<LabelNode> cases, LabelNode otherwise, boolean lastFollows) {
    int last = cases.size() - 1;
    if (last < 0) {
      appended.add(new JumpInsnNode(Opcodes.GOTO, otherwise));
      return;
    }
    pushTarget();
    if (last > MOST_TESTS) {
      appended.add(new TableSwitchInsnNode(0, last, otherwise, cases.toArray(LabelNode[]::new)));
      return;
    }
    appended.add(new JumpInsnNode(Opcodes.IFLT, otherwise));
    for (int i = 0; i < last; i++) {
      pushTarget();
      if (i == 0) {
        appended.add(new JumpInsnNode(Opcodes.IFEQ, cases.get(i)));
      } else {
        push(i);
        appended.add(new JumpInsnNode(Opcodes.IF_ICMPEQ, cases.get(i)));
      }
    }
    if (!lastFollows) {
      appended.add(new JumpInsnNode(Opcodes.GOTO, cases.get(last)));
    }
  }

  private void pushTarget() {
    appended.add(new VarInsnNode(Opcodes.ALOAD, resumption()));
    appended.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, RESUMPTION, "target", "()I", false));
  }

  private void stub(Group group, LabelNode label, int target) {
    Object[] types = plan.typesAt(target);
    appended.add(label);
    appended.add(frame(group.types(), OWN));
    for (int slot : MethodPlan.stores(group, types)) {
      take(types[slot], slot);
    }
    appended.add(new JumpInsnNode(Opcodes.GOTO, target(target)));
  }

  private void appendReturn(Group group, LabelNode label) {
    appended.add(label);
    appended.add(frame(group.types(), OWN));
    Type type = Type.getReturnType(method.desc);
    if (type.getSort() != Type.VOID) {
      boolean reference = type.getSort() >= Type.ARRAY;
      next(reference ? type.getInternalName() : frameType(type));
    }
    appended.add(new InsnNode(type.getOpcode(Opcodes.IRETURN)));
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> Opcodes.LONG;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> Opcodes.INTEGER;
    };
  }

  private void take(Object type, int slot) {
    next(type);
    appended.add(new VarInsnNode(argument(type).getOpcode(Opcodes.ISTORE), slot));
  }

  /** Pushes the resumption's next value. */
  private void next(Object type) {
    appended.add(new VarInsnNode(Opcodes.ALOAD, resumption()));
    String name;
    if (type == Opcodes.INTEGER) {
      name = "nextInt";
    } else if (type == Opcodes.LONG) {
      name = "nextLong";
    } else if (type == Opcodes.FLOAT) {
      name = "nextFloat";
    } else {
      name = type == Opcodes.DOUBLE ? "nextDouble" : "nextReference";
    }
    String result = argument(type).getDescriptor();
    appended.add(new MethodInsnNode(Opcodes.INVOKEVIRTUAL, RESUMPTION, name, "()" + result, false));
    if (type instanceof String reference && !reference.equals("java/lang/Object")) {
      appended.add(new TypeInsnNode(Opcodes.CHECKCAST, reference));
    }
  }

  /** What a slot is passed as; references as Object, so that no class is resolved. */
  private static Type argument(Object type) {
    if (type == Opcodes.INTEGER) {
      return Type.INT_TYPE;
    }
    if (type == Opcodes.LONG) {
      return Type.LONG_TYPE;
    }
    if (type == Opcodes.FLOAT) {
      return Type.FLOAT_TYPE;
    }
    return type == Opcodes.DOUBLE ? Type.DOUBLE_TYPE : Type.getObjectType("java/lang/Object");
  }

  private FrameNode frame(Object[] types, List<Object> own, Object... stack) {
    List<Object> locals = new ArrayList<>(MethodPlan.entries(types));
    if (!own.isEmpty()) {
      int used = locals.stream().mapToInt(t -> isWide(t) ? 2 : 1).sum();
      for (; used < thrown; used++) {
        locals.add(Opcodes.TOP);
      }
      locals.addAll(own);
    }
    return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
  }

  private LabelNode target(int index) {
    return targets.computeIfAbsent(index, i -> new LabelNode());
  }

  /** Before each target a label, and a frame unless the program has one there. */
  private void insertTargets() {
    for (int index : new TreeSet<>(targets.keySet())) {
      LabelNode label = targets.get(index);
      method.instructions.insertBefore(code[index], label);
      if (!plan.hasFrame(index)) {
        FrameNode frame = frame(plan.typesAt(index), List.of());
        method.instructions.insertBefore(code[index], frame);
      }
    }
  }

  /** Entries of regions stand behind the typed handlers that precede the first cleanup handler. */
  private void cover() {
    IdentityHashMap<TryCatchBlockNode, List<TryCatchBlockNode>> before = new IdentityHashMap<>();
    List<TryCatchBlockNode> rest = new ArrayList<>();
    for (Group group : plan.groups()) {
      TryCatchBlockNode cleanup =
          group.around().stream().filter(plan::isCleanup).findFirst().orElse(null);
      List<TryCatchBlockNode> list =
          cleanup == null ? rest : before.computeIfAbsent(cleanup, b -> new ArrayList<>());
      for (Region region : group.regions()) {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        method.instructions.insertBefore(code[region.from()], start);
        method.instructions.insert(code[region.to()], end);
        for (String caught : CAUGHT) {
          list.add(new TryCatchBlockNode(start, end, handlers.get(region), caught));
        }
      }
    }
    List<TryCatchBlockNode> all = new ArrayList<>();
    for (TryCatchBlockNode block : program) {
      all.addAll(before.getOrDefault(block, List.of()));
      all.add(block);
    }
    List<TryCatchBlockNode> others = new ArrayList<>(method.tryCatchBlocks);
    others.removeAll(program);
    all.addAll(rest);
    all.addAll(ownFailures);
    all.addAll(around);
    all.addAll(others);
    method.tryCatchBlocks.clear();
    method.tryCatchBlocks.addAll(all);
  }
}
