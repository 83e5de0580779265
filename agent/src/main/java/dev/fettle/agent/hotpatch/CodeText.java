package dev.fettle.agent.hotpatch;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A method's code as text that is the same whenever the code does the same in the same way: without
 * constant-pool order, line numbers, local names and frames. Lambda bodies of the same class are
 * numbered by their first use, because compilers number them through the whole class.
 *
 * @param lambdas names with descriptors of the lambda bodies used, in the order of those numbers
 */
record CodeText(List<String> lines, List<String> lambdas) {

  static CodeText of(String owner, MethodNode method) {
    Writer writer = new Writer(owner, method);
    writer.write(method);
    return new CodeText(writer.lines, writer.lambdas);
  }

  /** Whether a method of that name is the body of a lambda, for javac and ECJ. */
  static boolean isLambda(String name) {
    return name.startsWith("lambda$");
  }

  private static final class Writer {
    final List<String> lines = new ArrayList<>();
    final List<String> lambdas = new ArrayList<>();
    private final String owner;
    private final IdentityHashMap<LabelNode, Integer> positions = new IdentityHashMap<>();

    Writer(String owner, MethodNode method) {
      this.owner = owner;
      int at = 0;
      for (AbstractInsnNode node : method.instructions) {
        if (node instanceof LabelNode label) {
          positions.put(label, at);
        }
        at += node.getOpcode() >= 0 ? 1 : 0;
      }
    }

    void write(MethodNode method) {
      for (AbstractInsnNode node : method.instructions) {
        if (node.getOpcode() >= 0) {
          lines.add(node.getOpcode() + operands(node));
        }
      }
      for (TryCatchBlockNode block : method.tryCatchBlocks) {
        lines.add("try " + at(block.start) + at(block.end) + at(block.handler) + " " + block.type);
      }
    }

    private String operands(AbstractInsnNode node) {
      if (node instanceof IntInsnNode n) {
        return " " + n.operand;
      } else if (node instanceof VarInsnNode n) {
        return " " + n.var;
      } else if (node instanceof TypeInsnNode n) {
        return " " + n.desc;
      } else if (node instanceof FieldInsnNode n) {
        return " " + n.owner + "." + n.name + " " + n.desc;
      } else if (node instanceof MethodInsnNode n) {
        return " " + n.owner + "." + n.name + n.desc + n.itf;
      } else if (node instanceof InvokeDynamicInsnNode n) {
        return " " + n.name + n.desc + constant(n.bsm) + constants(n.bsmArgs);
      } else if (node instanceof JumpInsnNode n) {
        return at(n.label);
      } else if (node instanceof LdcInsnNode n) {
        return constant(n.cst);
      } else if (node instanceof IincInsnNode n) {
        return " " + n.var + " " + n.incr;
      } else if (node instanceof TableSwitchInsnNode n) {
        return " " + n.min + " " + n.max + at(n.dflt) + at(n.labels);
      } else if (node instanceof LookupSwitchInsnNode n) {
        return " " + n.keys + at(n.dflt) + at(n.labels);
      } else if (node instanceof MultiANewArrayInsnNode n) {
        return " " + n.desc + " " + n.dims;
      }
      return "";
    }

    private String at(LabelNode label) {
      return " @" + positions.get(label);
    }

    private String at(List<LabelNode> labels) {
      StringBuilder out = new StringBuilder();
      labels.forEach(l -> out.append(at(l)));
      return out.toString();
    }

    private String constants(Object[] values) {
      StringBuilder out = new StringBuilder();
      for (Object value : values) {
        out.append(constant(value));
      }
      return out.toString();
    }

    private String constant(Object value) {
      if (value instanceof Handle h) {
        String name = h.getName();
        if (h.getOwner().equals(owner) && isLambda(name)) {
          name = "lambda#" + number(name + h.getDesc());
        }
        // how a lambda body is reached differs between compilers, not what it does
        int tag = h.getTag() == Opcodes.H_INVOKESPECIAL ? Opcodes.H_INVOKEVIRTUAL : h.getTag();
        return " (" + tag + " " + h.getOwner() + "." + name + h.getDesc() + ")";
      } else if (value instanceof ConstantDynamic c) {
        StringBuilder out = new StringBuilder(" (" + c.getName() + c.getDescriptor());
        out.append(constant(c.getBootstrapMethod()));
        for (int i = 0; i < c.getBootstrapMethodArgumentCount(); i++) {
          out.append(constant(c.getBootstrapMethodArgument(i)));
        }
        return out.append(')').toString();
      }
      String text = value.toString();
      return " " + value.getClass().getSimpleName() + text.length() + ":" + text;
    }

    private int number(String lambda) {
      int known = lambdas.indexOf(lambda);
      if (known >= 0) {
        return known;
      }
      lambdas.add(lambda);
      return lambdas.size() - 1;
    }
  }
}
