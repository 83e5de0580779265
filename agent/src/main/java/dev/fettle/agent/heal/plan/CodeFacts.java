package dev.fettle.agent.heal.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The instructions of a method with what flows where. Types come from the class file's own stack
 * maps, so no class is looked up. Immutable after construction.
 */
final class CodeFacts {
  /** One catch clause or cleanup handler of the program; {@code to} is exclusive. */
  record Block(int from, int to, int handler, @Nullable String type, TryCatchBlockNode node) {
    boolean covers(int index) {
      return from <= index && index < to;
    }
  }

  final MethodNode method;
  final AbstractInsnNode[] code;
  final Map<TryCatchBlockNode, AbstractInsnNode> passing;
  private final Set<AbstractInsnNode> again;

  /** Operand stack entries before an instruction, -1 where it is never reached. */
  final int[] depth;

  /** By index; kept for instructions that are leaders or can throw. */
  final Object[] @Nullable [] locals;

  /** Leaders by number: instructions that begin with an empty stack. */
  final int[] leaders;

  /** The leader that an instruction belongs to, by number; -1 before the first. */
  final int[] regionOf;

  final List<Block> blocks = new ArrayList<>();
  private final IdentityHashMap<LabelNode, Integer> labels = new IdentityHashMap<>();
  private final Map<Integer, FrameNode> frames = new java.util.HashMap<>();
  private final BitSet nulls = new BitSet();
  private final BitSet[] needed;
  private final int @Nullable [] monitors;

  CodeFacts(String owner, MethodNode method, Map<TryCatchBlockNode, AbstractInsnNode> passing) {
    this.method = method;
    this.passing = passing;
    this.again = Collections.newSetFromMap(new IdentityHashMap<>());
    again.addAll(passing.values());
    this.code = method.instructions.toArray();
    this.depth = new int[code.length];
    this.locals = new Object[code.length][];
    locate();
    analyze(owner);
    this.regionOf = new int[code.length];
    this.leaders = lead();
    this.needed = need();
    this.monitors = monitors();
  }

  private void locate() {
    int following = -1;
    for (int i = code.length - 1; i >= 0; i--) {
      if (code[i].getOpcode() >= 0) {
        following = i;
      } else if (code[i] instanceof LabelNode label) {
        labels.put(label, following < 0 ? code.length : following);
      } else if (code[i] instanceof FrameNode frame && following >= 0) {
        frames.putIfAbsent(following, frame);
      }
    }
    for (TryCatchBlockNode node : method.tryCatchBlocks) {
      blocks.add(new Block(at(node.start), at(node.end), at(node.handler), node.type, node));
    }
  }

  /** The first instruction at or after a label; the code's length when there is none. */
  int at(LabelNode label) {
    return labels.getOrDefault(label, code.length);
  }

  @Nullable FrameNode frame(int index) {
    return frames.get(index);
  }

  private void analyze(String owner) {
    AnalyzerAdapter types =
        new AnalyzerAdapter(owner, method.access, method.name, method.desc, null);
    Object[] last = new Object[0];
    for (int i = 0; i < code.length; i++) {
      AbstractInsnNode node = code[i];
      depth[i] = -1;
      if (node.getOpcode() >= 0 && types.locals != null) {
        depth[i] = types.stack.size();
        if (depth[i] == 0 || canThrow(i)) {
          Object[] now = types.locals.toArray();
          last = Arrays.equals(now, last) ? last : now;
          locals[i] = last;
        }
      }
      node.accept(types);
    }
  }

  boolean canThrow(int index) {
    return !again.contains(code[index])
        && Throwing.can(code[index], (method.access & Opcodes.ACC_STATIC) != 0);
  }

  private int[] lead() {
    int[] found = new int[code.length];
    int count = 0;
    for (int i = 0; i < code.length; i++) {
      if (depth[i] == 0) {
        found[count++] = i;
      }
      regionOf[i] = count - 1;
    }
    return Arrays.copyOf(found, count);
  }

  /** Whether instructions begin there with an empty stack. */
  boolean isLeader(int index) {
    return index < code.length && depth[index] == 0;
  }

  /** The last instruction of a region, inclusive. */
  int lastOf(int region) {
    int end = region + 1 < leaders.length ? leaders[region + 1] : code.length;
    int last = leaders[region];
    for (int i = last; i < end; i++) {
      if (code[i].getOpcode() >= 0 && depth[i] >= 0) {
        last = i;
      }
    }
    return last;
  }

  /** The next instruction in order; the code's length behind the last one. */
  int after(int index) {
    int i = index + 1;
    while (i < code.length && code[i].getOpcode() < 0) {
      i++;
    }
    return i;
  }

  /** Where control may go from an instruction: straight on first. Handlers are not counted. */
  List<Integer> successors(int index) {
    AbstractInsnNode node = code[index];
    List<Integer> next = new ArrayList<>(2);
    int opcode = node.getOpcode();
    boolean ends =
        opcode == Opcodes.GOTO
            || opcode == Opcodes.ATHROW
            || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)
            || node instanceof TableSwitchInsnNode
            || node instanceof LookupSwitchInsnNode;
    if (!ends && after(index) < code.length) {
      next.add(after(index));
    }
    for (LabelNode label : targets(node)) {
      next.add(at(label));
    }
    return next;
  }

  private static List<LabelNode> targets(AbstractInsnNode node) {
    if (node instanceof JumpInsnNode jump) {
      return List.of(jump.label);
    }
    List<LabelNode> all = new ArrayList<>();
    if (node instanceof TableSwitchInsnNode table) {
      all.add(table.dflt);
      all.addAll(table.labels);
    } else if (node instanceof LookupSwitchInsnNode lookup) {
      all.add(lookup.dflt);
      all.addAll(lookup.labels);
    }
    return all;
  }

  boolean isConditionalJump(int index) {
    return code[index] instanceof JumpInsnNode jump
        && jump.getOpcode() != Opcodes.GOTO
        && jump.getOpcode() != Opcodes.JSR;
  }

  /** The program's blocks around an instruction, in the order in which they are tried. */
  List<Block> around(int index) {
    List<Block> found = new ArrayList<>();
    for (Block block : blocks) {
      if (block.covers(index)) {
        found.add(block);
      }
    }
    return found;
  }

  /** Handlers of cleanup code (finally, synchronized) around an instruction. */
  List<Integer> cleanups(int index) {
    List<Integer> found = new ArrayList<>();
    for (Block block : blocks) {
      boolean cleanup = block.type == null || passing.containsKey(block.node);
      if (cleanup && block.covers(index) && !block.covers(block.handler)) {
        found.add(block.handler);
      }
    }
    return found;
  }

  /** Slots whose type matters from a leader on, for the verifier. */
  BitSet needed(int leader) {
    return needed[regionOf[leader]];
  }

  /** Whether handlers hand a slot over even if no code needs it: this, and named variables. */
  boolean isShown(int slot, int index) {
    boolean isThis = slot == 0 && (method.access & Opcodes.ACC_STATIC) == 0;
    return isThis || MethodPlan.variable(this, slot, index) != null;
  }

  /** Local variable types that code and handlers at a leader rely on, the others empty. */
  Object[] typesAt(int leader) {
    Object[] known = locals[leader];
    Object[] types = new Object[method.maxLocals];
    Arrays.fill(types, Opcodes.TOP);
    BitSet use = needed(leader);
    for (int slot = 0; known != null && slot < known.length; slot++) {
      if (frames.containsKey(leader) || use.get(slot) || isShown(slot, leader)) {
        types[slot] = known[slot];
      }
    }
    return types;
  }

  /**
   * One pass backward: each jump target has a frame, and what a frame declares is used there. So
   * what matters behind a jump is what the target's frame declares.
   */
  private BitSet[] need() {
    BitSet[] all = new BitSet[leaders.length];
    BitSet now = new BitSet();
    for (int i = code.length - 1; i >= 0; i--) {
      AbstractInsnNode node = code[i];
      if (node instanceof FrameNode frame) {
        now = declared(frame);
      } else if (node.getOpcode() >= 0) {
        step(node, now);
        for (Block block : blocks) {
          if (block.covers(i)) {
            now.or(declared(block.handler));
          }
        }
        if (depth[i] == 0) {
          all[regionOf[i]] = (BitSet) now.clone();
        }
      }
    }
    return all;
  }

  private void step(AbstractInsnNode node, BitSet now) {
    int opcode = node.getOpcode();
    if (node instanceof VarInsnNode var) {
      boolean store = opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
      boolean wide =
          opcode == Opcodes.LLOAD
              || opcode == Opcodes.DLOAD
              || opcode == Opcodes.LSTORE
              || opcode == Opcodes.DSTORE;
      now.set(var.var, !store);
      if (wide) {
        now.clear(var.var + 1);
      }
    } else if (node instanceof IincInsnNode increment) {
      now.set(increment.var);
    } else if (opcode == Opcodes.ATHROW
        || (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN)) {
      now.clear();
    } else if (!targets(node).isEmpty()) {
      if (!(node instanceof JumpInsnNode) || opcode == Opcodes.GOTO) {
        now.clear();
      }
      for (LabelNode label : targets(node)) {
        now.or(declared(at(label)));
      }
    }
  }

  /** Whether a frame of the program says that a slot holds nothing but null. */
  boolean isNullSomewhere(int slot) {
    return nulls.get(slot);
  }

  private BitSet declared(int index) {
    FrameNode frame = frames.get(index);
    return frame == null ? new BitSet() : declared(frame);
  }

  private BitSet declared(FrameNode frame) {
    BitSet slots = new BitSet();
    int slot = 0;
    if (frame.local != null) {
      for (Object type : frame.local) {
        if (type != Opcodes.TOP) {
          slots.set(slot);
        }
        if (type == Opcodes.NULL) {
          nulls.set(slot);
        }
        slot += Types.isWide(type) ? 2 : 1;
      }
    }
    return slots;
  }

  /** Monitors held before each instruction; null for methods without any. */
  private int @Nullable [] monitors() {
    boolean any = false;
    for (AbstractInsnNode node : code) {
      any |= node.getOpcode() == Opcodes.MONITORENTER;
    }
    if (!any) {
      return null;
    }
    int[] held = new int[code.length];
    Arrays.fill(held, -1);
    List<Integer> open = new ArrayList<>();
    reach(after(-1), 0, held, open);
    while (!open.isEmpty()) {
      int i = open.remove(open.size() - 1);
      int opcode = code[i].getOpcode();
      for (Block block : blocks) {
        if (block.covers(i)) {
          reach(block.handler, held[i], held, open);
        }
      }
      int now =
          held[i]
              + (opcode == Opcodes.MONITORENTER ? 1 : 0)
              - (opcode == Opcodes.MONITOREXIT ? 1 : 0);
      for (int next : successors(i)) {
        reach(next, now, held, open);
      }
    }
    return held;
  }

  private static void reach(int index, int monitors, int[] held, List<Integer> open) {
    if (index < held.length && held[index] < 0) {
      held[index] = monitors;
      open.add(index);
    }
  }

  /** Monitors that the method holds before an instruction, not counting a synchronized method's. */
  int monitorsAt(int index) {
    return monitors == null ? 0 : Math.max(0, monitors[index]);
  }

  /** Line of an instruction, 0 when unknown. */
  int lineOf(int index) {
    for (int i = index; i >= 0; i--) {
      if (code[i] instanceof LineNumberNode line) {
        return line.line;
      }
    }
    return 0;
  }
}
