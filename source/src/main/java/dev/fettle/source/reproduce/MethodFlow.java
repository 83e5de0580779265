package dev.fettle.source.reproduce;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** One method with the origin of every value at every instruction. */
final class MethodFlow {
  /** Longer methods are not followed. */
  private static final int MAX_INSTRUCTIONS = 20_000;

  final ClassNode owner;
  final MethodNode method;
  private final Frame<Sym>[] frames;
  private final Map<AbstractInsnNode, List<Sym>> constructed;

  private MethodFlow(
      ClassNode owner,
      MethodNode method,
      Frame<Sym>[] frames,
      Map<AbstractInsnNode, List<Sym>> constructed) {
    this.owner = owner;
    this.method = method;
    this.frames = frames;
    this.constructed = constructed;
  }

  /** Empty for methods without code or too long to follow. */
  static Optional<MethodFlow> of(ClassNode owner, MethodNode method) {
    if (method.instructions.size() == 0 || method.instructions.size() > MAX_INSTRUCTIONS) {
      return Optional.empty();
    }
    Origins origins = new Origins(method.access, method.desc);
    try {
      Frame<Sym>[] frames = new Analyzer<>(origins).analyze(owner.name, method);
      return Optional.of(new MethodFlow(owner, method, frames, origins.constructed()));
    } catch (AnalyzerException e) {
      return Optional.empty();
    }
  }

  /**
   * One call.
   *
   * @param index of the instruction
   * @param arguments receiver first unless static
   */
  record CallSite(int index, int line, MethodInsnNode call, List<Sym> arguments) {
    boolean isStatic() {
      return call.getOpcode() == Opcodes.INVOKESTATIC;
    }

    Optional<Sym> receiver() {
      return isStatic() ? Optional.empty() : Optional.of(arguments.get(0));
    }

    /** Arguments without the receiver. */
    List<Sym> passed() {
      return isStatic() ? arguments : arguments.subList(1, arguments.size());
    }

    Sym result() {
      return new Sym.Result(call, arguments, Math.max(1, Type.getReturnType(call.desc).getSize()));
    }
  }

  /** Every reachable call, in order. */
  List<CallSite> calls() {
    List<CallSite> all = new ArrayList<>();
    int line = -1;
    for (int i = 0; i < method.instructions.size(); i++) {
      AbstractInsnNode insn = method.instructions.get(i);
      if (insn instanceof LineNumberNode number) {
        line = number.line;
      } else if (insn instanceof MethodInsnNode call && reachable(i)) {
        int count = Type.getArgumentTypes(call.desc).length;
        int receivers = call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1;
        all.add(new CallSite(i, line, call, top(i, count + receivers)));
      }
    }
    return all;
  }

  /** Indexes of the reachable instructions of a source line. */
  List<Integer> at(int line) {
    List<Integer> all = new ArrayList<>();
    int current = -1;
    for (int i = 0; i < method.instructions.size(); i++) {
      AbstractInsnNode insn = method.instructions.get(i);
      if (insn instanceof LineNumberNode number) {
        current = number.line;
      } else if (current == line && insn.getOpcode() >= 0 && reachable(i)) {
        all.add(i);
      }
    }
    return all;
  }

  AbstractInsnNode instruction(int index) {
    return method.instructions.get(index);
  }

  int size() {
    return method.instructions.size();
  }

  boolean reachable(int index) {
    return frames[index] != null;
  }

  /** The topmost {@code count} values on the stack before the instruction, deepest first. */
  List<Sym> top(int index, int count) {
    Frame<Sym> frame = frames[index];
    List<Sym> values = new ArrayList<>();
    int size = frame.getStackSize();
    for (int i = Math.max(0, size - count); i < size; i++) {
      values.add(frame.getStack(i));
    }
    return values;
  }

  /** Origin of a named local before the instruction. */
  Optional<Sym> local(int index, String name) {
    for (LocalVariableNode v : locals()) {
      int start = method.instructions.indexOf(v.start);
      int end = method.instructions.indexOf(v.end);
      if (v.name.equals(name) && start <= index && index <= end && reachable(index)) {
        return Optional.of(frames[index].getLocal(v.index));
      }
    }
    return Optional.empty();
  }

  private List<LocalVariableNode> locals() {
    return method.localVariables == null ? List.of() : method.localVariables;
  }

  /** What the constructor of a new object was given; empty when not seen. */
  List<Sym> constructed(Sym.Fresh fresh) {
    return constructed.getOrDefault(fresh.insn, List.of());
  }

  /** Origins of what the method returns. */
  List<Sym> returned() {
    List<Sym> all = new ArrayList<>();
    for (int i = 0; i < method.instructions.size(); i++) {
      int op = method.instructions.get(i).getOpcode();
      if (op >= Opcodes.IRETURN && op <= Opcodes.ARETURN && reachable(i)) {
        all.addAll(top(i, 1));
      }
    }
    return all;
  }

  /** The instruction that runs after this one. */
  Optional<Integer> next(int index) {
    for (int i = index + 1; i < size(); i++) {
      if (instruction(i).getOpcode() >= 0) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /**
   * Which way a conditional jump must go for {@code target} to be reached: true when it jumps.
   * Empty when it is no conditional jump or both ways lead there.
   */
  Optional<Boolean> decides(int jump, int target) {
    if (!(instruction(jump) instanceof JumpInsnNode j) || j.getOpcode() == Opcodes.GOTO) {
      return Optional.empty();
    }
    boolean jumping = reaches(method.instructions.indexOf(j.label), target, jump);
    boolean falling = reaches(jump + 1, target, jump);
    return jumping == falling ? Optional.empty() : Optional.of(jumping);
  }

  /** Whether {@code target} can be reached without passing {@code avoided} again. */
  private boolean reaches(int from, int target, int avoided) {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      int i = open.pop();
      if (i == target) {
        return true;
      }
      if (i >= size() || i == avoided || seen.get(i)) {
        continue;
      }
      seen.set(i);
      AbstractInsnNode insn = instruction(i);
      if (insn instanceof JumpInsnNode j) {
        open.push(method.instructions.indexOf(j.label));
      } else if (insn instanceof LookupSwitchInsnNode s) {
        s.labels.forEach(l -> open.push(method.instructions.indexOf(l)));
        open.push(method.instructions.indexOf(s.dflt));
      } else if (insn instanceof TableSwitchInsnNode s) {
        s.labels.forEach(l -> open.push(method.instructions.indexOf(l)));
        open.push(method.instructions.indexOf(s.dflt));
      }
      if (!ends(insn)) {
        open.push(i + 1);
      }
    }
    return false;
  }

  private static boolean ends(AbstractInsnNode insn) {
    int op = insn.getOpcode();
    return op == Opcodes.GOTO
        || op == Opcodes.ATHROW
        || op == Opcodes.TABLESWITCH
        || op == Opcodes.LOOKUPSWITCH
        || (op >= Opcodes.IRETURN && op <= Opcodes.RETURN);
  }

  boolean isStatic() {
    return (method.access & Opcodes.ACC_STATIC) != 0;
  }
}
