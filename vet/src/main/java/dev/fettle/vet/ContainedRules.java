package dev.fettle.vet;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.SimpleVerifier;

/** Checks every instruction of a contained snippet against the allow-list. */
final class ContainedRules implements Rules {
  private static final Set<String> NOT_CAUGHT =
      Set.of("java/lang/Object", "java/lang/Throwable", "java/lang/Error");
  private static final int TEXT = 8_192;

  private final AllowList allowed = AllowList.shipped();
  private final Set<String> skills;

  /**
   * @param skills {@code owner.method(descriptor)} of what the application registered
   */
  ContainedRules(Set<String> skills) {
    this.skills = skills;
  }

  @Override
  public void check(MethodNode method) throws Refusal {
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      if (block.type != null) {
        type(Type.getObjectType(block.type), "catches");
        if (NOT_CAUGHT.contains(block.type)) {
          throw new Refusal("catches " + block.type);
        }
      }
    }
    for (AbstractInsnNode insn : method.instructions) {
      check(insn);
    }
    verify(method);
  }

  private void check(AbstractInsnNode insn) throws Refusal {
    if (insn instanceof MethodInsnNode call) {
      call(call);
    } else if (insn instanceof InvokeDynamicInsnNode) {
      throw new Refusal("invokedynamic: a lambda, method reference or pattern switch");
    } else if (insn instanceof FieldInsnNode field) {
      throw new Refusal("field " + field.owner + "." + field.name);
    } else if (insn instanceof LdcInsnNode constant) {
      constant(constant.cst);
    } else if (insn instanceof TypeInsnNode type) {
      type(Type.getObjectType(type.desc), "names");
    } else if (insn instanceof MultiANewArrayInsnNode) {
      throw new Refusal("an array of several dimensions at once");
    } else if (insn instanceof InsnNode
        && List.of(Opcodes.MONITORENTER, Opcodes.MONITOREXIT).contains(insn.getOpcode())) {
      throw new Refusal("synchronized");
    } else if (insn.getOpcode() == Opcodes.JSR || insn.getOpcode() == Opcodes.RET) {
      throw new Refusal("a subroutine");
    }
  }

  private void call(MethodInsnNode call) throws Refusal {
    boolean skill =
        call.getOpcode() == Opcodes.INVOKESTATIC
            && skills.contains(call.owner + '.' + call.name + call.desc);
    if (!skill && allowed.cost(call.owner, call.name, call.desc).isEmpty()) {
      throw new Refusal("calls " + call.owner + "." + call.name + call.desc);
    }
    if (call.getOpcode() == Opcodes.INVOKESPECIAL && !call.name.equals("<init>")) {
      throw new Refusal("calls " + call.name + " of a superclass");
    }
    for (Type argument : Type.getArgumentTypes(call.desc)) {
      type(argument, "passes");
    }
  }

  private void type(Type type, String does) throws Refusal {
    if (!allowed.names(type)) {
      throw new Refusal(does + " " + type.getClassName());
    }
  }

  private static void constant(Object constant) throws Refusal {
    boolean plain = constant instanceof Number || constant instanceof String;
    if (!plain) {
      throw new Refusal("a constant of kind " + constant.getClass().getSimpleName());
    }
    if (constant instanceof String text && text.length() > TEXT) {
      throw new Refusal("a text of " + text.length() + " characters");
    }
  }

  /** The JVM's own verifier may be switched off in the host. */
  private static void verify(MethodNode method) throws Refusal {
    SimpleVerifier verifier =
        new SimpleVerifier(
            Type.getObjectType(SnippetShape.NAME), Type.getType(Object.class), false);
    verifier.setClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      new Analyzer<>(verifier).analyze(SnippetShape.NAME, method);
    } catch (AnalyzerException | TypeNotPresentException e) {
      throw new Refusal("does not verify: " + e.getMessage());
    }
  }

  @Override
  public Gauge gauge() {
    return new MeterGauge(allowed, skills);
  }
}
