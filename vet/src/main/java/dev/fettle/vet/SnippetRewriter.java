package dev.fettle.vet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes a checked snippet count. Its method gets the counter as first parameter; it counts on
 * entry, before jumps backwards and where the gauge wants. A handler begins with code outside of
 * all handlers that asks the counter whether to go on, so that no handler can catch its own end.
 */
final class SnippetRewriter {
  private final Gauge gauge;
  private final MethodNode method;

  private SnippetRewriter(Gauge gauge, MethodNode method) {
    this.gauge = gauge;
    this.method = method;
  }

  static byte[] rewrite(ClassNode node, MethodNode method, Gauge gauge) throws Refusal {
    new SnippetRewriter(gauge, method).run();
    node.methods.clear();
    node.methods.add(method);
    node.sourceFile = null;
    node.sourceDebug = null;
    node.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    node.accept(writer);
    return writer.toByteArray();
  }

  private void run() throws Refusal {
    shiftLocals();
    method.localVariables = null;
    method.parameters = null;
    method.signature = null;
    method.access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    method.exceptions = new ArrayList<>();
    method.desc = "(L" + gauge.type() + ";" + method.desc.substring(1);
    int free = method.maxLocals + 1;
    Map<AbstractInsnNode, Integer> order = order();
    for (AbstractInsnNode insn : method.instructions.toArray()) {
      InsnList instead = gauge.instead(insn, free);
      if (instead != null) {
        method.instructions.insert(insn, instead);
        method.instructions.remove(insn);
        continue;
      }
      InsnList code = gauge.before(insn, free);
      if (jumpsBack(insn, order)) {
        code.add(gauge.tick());
      }
      if (insn.getOpcode() == Opcodes.NEW) {
        // frames name an object not yet initialized by the position of its NEW
        method.instructions.insert(insn, code);
      } else {
        method.instructions.insertBefore(insn, code);
      }
    }
    guardHandlers();
    method.instructions.insert(gauge.tick());
  }

  private void shiftLocals() {
    for (AbstractInsnNode insn : method.instructions) {
      if (insn instanceof VarInsnNode variable) {
        variable.var++;
      } else if (insn instanceof IincInsnNode increment) {
        increment.var++;
      } else if (insn instanceof FrameNode frame) {
        List<Object> locals = new ArrayList<>();
        locals.add(gauge.type());
        locals.addAll(frame.local == null ? List.of() : frame.local);
        frame.local = locals;
      }
    }
  }

  private Map<AbstractInsnNode, Integer> order() {
    Map<AbstractInsnNode, Integer> order = new HashMap<>();
    for (AbstractInsnNode insn : method.instructions) {
      order.put(insn, order.size());
    }
    return order;
  }

  private static boolean jumpsBack(AbstractInsnNode insn, Map<AbstractInsnNode, Integer> order) {
    int here = order.getOrDefault(insn, 0);
    List<LabelNode> targets = new ArrayList<>();
    if (insn instanceof JumpInsnNode jump) {
      targets.add(jump.label);
    } else if (insn instanceof TableSwitchInsnNode table) {
      targets.addAll(table.labels);
      targets.add(table.dflt);
    } else if (insn instanceof LookupSwitchInsnNode lookup) {
      targets.addAll(lookup.labels);
      targets.add(lookup.dflt);
    }
    return targets.stream().anyMatch(t -> order.getOrDefault(t, 0) <= here);
  }

  private void guardHandlers() throws Refusal {
    Map<LabelNode, LabelNode> guarded = new HashMap<>();
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      LabelNode guard = guarded.get(block.handler);
      if (guard == null) {
        guard = guard(block.handler);
        guarded.put(block.handler, guard);
      }
      block.handler = guard;
    }
  }

  /** Stands at the end of the method, where no handler reaches. */
  private LabelNode guard(LabelNode handler) throws Refusal {
    FrameNode frame = frame(handler);
    LabelNode guard = new LabelNode();
    InsnList code = new InsnList();
    code.add(guard);
    code.add(
        new FrameNode(
            Opcodes.F_NEW,
            frame.local.size(),
            frame.local.toArray(),
            frame.stack.size(),
            frame.stack.toArray()));
    code.add(gauge.caught());
    code.add(new JumpInsnNode(Opcodes.GOTO, handler));
    method.instructions.add(code);
    return guard;
  }

  private static FrameNode frame(LabelNode handler) throws Refusal {
    for (AbstractInsnNode at = handler.getNext(); at != null; at = at.getNext()) {
      if (at instanceof FrameNode frame) {
        return frame;
      }
      if (at.getOpcode() >= 0) {
        break;
      }
    }
    throw new Refusal("a handler without a frame");
  }
}
