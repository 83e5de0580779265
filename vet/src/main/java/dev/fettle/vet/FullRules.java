package dev.fettle.vet;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Checks a snippet over live state: the application's own classes and the JDK's value classes, and
 * nothing that leads out of the program or around the language.
 */
final class FullRules implements Rules {
  private static final Set<String> PACKAGES =
      Set.of("java/lang", "java/util", "java/math", "java/time", "java/text", "java/util/function");
  private static final List<String> NEVER =
      List.of(
          "java/lang/System",
          "java/lang/Runtime",
          "java/lang/Process",
          "java/lang/ProcessBuilder",
          "java/lang/ProcessHandle",
          "java/lang/Thread",
          "java/lang/ThreadGroup",
          "java/lang/ThreadLocal",
          "java/lang/InheritableThreadLocal",
          "java/lang/ScopedValue",
          "java/lang/Class",
          "java/lang/ClassLoader",
          "java/lang/Module",
          "java/lang/ModuleLayer",
          "java/lang/Package",
          "java/lang/SecurityManager",
          "java/lang/StackWalker",
          "java/lang/Shutdown",
          "java/lang/Compiler",
          "java/util/ServiceLoader",
          "java/util/ResourceBundle",
          "java/util/Timer",
          "java/util/TimerTask",
          "java/util/Scanner",
          "java/util/Formatter",
          "java/util/Properties");
  private static final Set<String> OF_OBJECT = Set.of("getClass", "wait", "notify", "notifyAll");

  private final Predicate<String> application;

  FullRules(Predicate<String> application) {
    this.application = application;
  }

  @Override
  public void check(MethodNode method) throws Refusal {
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      if (block.type != null) {
        owner(block.type);
        if (block.type.equals("java/lang/Throwable") || block.type.endsWith("Error")) {
          throw new Refusal("catches " + block.type);
        }
      }
    }
    for (AbstractInsnNode insn : method.instructions) {
      check(insn);
    }
  }

  private void check(AbstractInsnNode insn) throws Refusal {
    if (insn instanceof MethodInsnNode call) {
      owner(call.owner);
      if (call.getOpcode() == Opcodes.INVOKESTATIC && call.name.equals("setDefault")) {
        throw new Refusal("sets a default of the whole JVM: " + call.owner + "." + call.name);
      }
      if (OF_OBJECT.contains(call.name)
          || call.owner.equals(SnippetShape.NAME)
          || call.name.equals("format")
          || call.name.equals("formatted")) {
        throw new Refusal("calls " + call.owner + "." + call.name);
      }
      if (call.getOpcode() == Opcodes.INVOKESPECIAL && !call.name.equals("<init>")) {
        throw new Refusal("calls " + call.name + " of a superclass");
      }
    } else if (insn instanceof InvokeDynamicInsnNode) {
      throw new Refusal("invokedynamic: a lambda, method reference or pattern switch");
    } else if (insn instanceof FieldInsnNode field) {
      owner(field.owner);
    } else if (insn instanceof LdcInsnNode constant) {
      if (!(constant.cst instanceof Number) && !(constant.cst instanceof String)) {
        throw new Refusal("a constant of kind " + constant.cst.getClass().getSimpleName());
      }
    } else if (insn instanceof TypeInsnNode type) {
      owner(type.desc);
    } else if (insn instanceof MultiANewArrayInsnNode array) {
      owner(array.desc);
    } else if (insn.getOpcode() == Opcodes.MONITORENTER
        || insn.getOpcode() == Opcodes.JSR
        || insn.getOpcode() == Opcodes.RET) {
      throw new Refusal("synchronized or a subroutine");
    }
  }

  private void owner(String name) throws Refusal {
    Type type = name.startsWith("[") ? Type.getType(name).getElementType() : null;
    if (type != null && type.getSort() != Type.OBJECT) {
      return;
    }
    String owner = type == null ? name : type.getInternalName();
    String outer = owner.indexOf('$') > 0 ? owner.substring(0, owner.indexOf('$')) : owner;
    int slash = owner.lastIndexOf('/');
    boolean jdk = slash > 0 && PACKAGES.contains(owner.substring(0, slash));
    if (NEVER.contains(outer) || (!jdk && !application.test(owner.replace('/', '.')))) {
      throw new Refusal("uses " + owner.replace('/', '.'));
    }
  }

  @Override
  public Gauge gauge() {
    return new ConsumerGauge();
  }
}
