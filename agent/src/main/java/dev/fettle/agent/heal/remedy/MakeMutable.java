package dev.fettle.agent.heal.remedy;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Puts a copy that can be changed in the place of an unmodifiable list, set or map, and runs the
 * statement again. Source: data structure repair (Demsky and Rinard 2003); a behavior ("type
 * change") of Healer.
 */
record MakeMutable() implements Remedy {
  @Override
  public String name() {
    return "make-mutable";
  }

  @Override
  public String page() {
    return "change-state";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    if (scene.kind() != Kind.UNSUPPORTED
        || !(scene.instruction() instanceof MethodInsnNode call)
        || call.getOpcode() == Opcodes.INVOKESTATIC
        || scene.failure().replayRefusal(false) != null
        || Substitutes.changeable(scene.operand(0)) == null) {
      return null;
    }
    Home home = Home.of(scene, 0);
    if (home == null) {
      return null;
    }
    return failure -> {
      Object copy = Substitutes.changeable(new Scene(failure).operand(0));
      return copy == null ? null : home.replay(failure, copy);
    };
  }
}
