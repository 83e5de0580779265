package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Leaves the method with a value. Source: error virtualization (Sidiroglou et al. 2009), NPEFix R4
 * (Durieux et al. 2017), Ares' early return.
 */
record ReturnValue(Source source) implements Remedy {
  enum Source {
    /** 0, false or null. */
    DEFAULT,
    /** The empty text, an empty array or container. */
    EMPTY,
    /** What the method has worked out so far: the variable that it returns at its end. */
    RESULT
  }

  @Override
  public String name() {
    return "return-" + source.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String page() {
    return "return-value";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    if (scene.site().returnRefusal() != null) {
      return null;
    }
    Type type = scene.returnType();
    String descriptor = type.getDescriptor();
    return switch (source) {
      case DEFAULT -> Plan.always(new Action.Return(Substitutes.standard(descriptor)));
      case EMPTY -> type.getSort() < Type.ARRAY ? null : empty(scene, descriptor);
      case RESULT -> result(scene);
    };
  }

  private static @Nullable Plan empty(Scene scene, String descriptor) {
    return new Substitutes(scene.failure().lookup()).has(descriptor)
        ? failure -> new Action.Return(new Substitutes(failure.lookup()).empty(descriptor, 0))
        : null;
  }

  private static @Nullable Plan result(Scene scene) {
    int slot = returnedSlot(scene);
    if (slot < 0 || !scene.site().isLive(slot)) {
      return null;
    }
    return failure -> new Action.Return(failure.locals()[slot]);
  }

  /** Of the last {@code return x} of the method; -1 when it returns something else. */
  static int returnedSlot(Scene scene) {
    int found = -1;
    for (AbstractInsnNode node : scene.method().instructions) {
      int opcode = node.getOpcode();
      if (opcode >= Opcodes.IRETURN && opcode < Opcodes.RETURN) {
        found =
            node.getPrevious() instanceof VarInsnNode load
                    && load.getOpcode() <= Opcodes.ALOAD
                    && (opcode == Opcodes.ARETURN
                        || !Variables.isParameter(scene.method(), load.var))
                ? load.var
                : -1;
      }
    }
    return found;
  }
}
