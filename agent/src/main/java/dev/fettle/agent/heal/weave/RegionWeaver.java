package dev.fettle.agent.heal.weave;

import dev.fettle.agent.heal.plan.Group;
import dev.fettle.agent.heal.plan.MethodPlan;
import dev.fettle.agent.heal.plan.Region;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Appends handlers to one method: a region that fails hands its variables over and is told where to
 * go on. Existing instructions stay as and where they are.
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
  private AbstractInsnNode[] code = {};
  private List<TryCatchBlockNode> program = List.of();
  private @Nullable Handlers handlers;

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
    if (groups.isEmpty()
        || size > limit
        || groups.stream().anyMatch(g -> Values.slots(g) > SLOTS)) {
      return false;
    }
    code = method.instructions.toArray();
    program = List.copyOf(method.tryCatchBlocks);
    Handlers made = new Handlers(method, plan, method.maxLocals);
    for (Group group : groups) {
      LabelNode start = new LabelNode();
      LabelNode end = new LabelNode();
      made.code().add(start);
      made.append(group);
      made.code().add(end);
      early.add(new Early(start, end, clausesAfter(group)));
    }
    made.end();
    handlers = made;
    return size + sizeOf(made.code()) <= limit;
  }

  /** Changes the method, after {@link #prepare} said that it can be done. */
  public void weave() {
    Handlers made = Objects.requireNonNull(handlers, "prepared");
    method.maxLocals += Handlers.SLOTS;
    int stack = plan.groups().stream().mapToInt(Values::slots).max().orElse(0) + 4;
    method.maxStack = Math.max(method.maxStack, stack);
    insertTargets(made);
    cover(made);
    method.instructions.add(made.code());
  }

  private static int sizeOf(InsnList code) {
    CodeSizeEvaluator size = new CodeSizeEvaluator(null);
    code.accept(size);
    code.resetLabels();
    return size.getMaxSize();
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

  /** Before each target a label, and a frame unless the program has one there. */
  private void insertTargets(Handlers made) {
    for (Map.Entry<Integer, LabelNode> target : new TreeMap<>(made.targets()).entrySet()) {
      int index = target.getKey();
      method.instructions.insertBefore(code[index], target.getValue());
      if (!plan.hasFrame(index)) {
        method.instructions.insertBefore(code[index], made.frameAt(index));
      }
    }
  }

  /** Entries of regions stand behind the typed handlers that precede the first cleanup handler. */
  private void cover(Handlers made) {
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
          list.add(new TryCatchBlockNode(start, end, made.of(region), caught));
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
    all.addAll(made.entries());
    all.addAll(others);
    method.tryCatchBlocks.clear();
    method.tryCatchBlocks.addAll(all);
  }
}
