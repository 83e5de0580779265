package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.SiteFacts.Loop;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;

/** What the code at a place does first: whether it leaves at once, and with what. */
enum Ending {
  GOES_ON,
  /** Returns nothing, false, a number that is not positive, null; or throws. */
  NOTHING,
  /** Returns another value. */
  SOMETHING,
  /** Ends the iteration or the loop. */
  ITERATION;

  private static final int LOOKED_AT = 4;

  /**
   * @param at an index in the method's code; -1 goes on
   */
  static Ending of(SiteFacts site, int at) {
    Ending value = NOTHING;
    int looked = 0;
    for (int i = at; i >= 0 && i < site.method().instructions.size() && looked < LOOKED_AT; i++) {
      AbstractInsnNode node = site.method().instructions.get(i);
      int opcode = node.getOpcode();
      if (opcode < 0) {
        continue;
      }
      looked++;
      if ((opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) || opcode == Opcodes.ATHROW) {
        return value;
      } else if (looked == 1 && isLoopEnd(site, i, node)) {
        return ITERATION;
      } else if (opcode >= Opcodes.ACONST_NULL && opcode <= Opcodes.ALOAD) {
        boolean nothing = opcode <= Opcodes.ICONST_0 || opcode == Opcodes.LCONST_0;
        value = nothing ? NOTHING : SOMETHING;
      } else if (opcode != Opcodes.GETFIELD) {
        return GOES_ON;
      }
    }
    return GOES_ON;
  }

  /** Whether the code at a place goes behind a loop at once. */
  static boolean leaves(SiteFacts site, int at) {
    int from = at;
    while (from < site.method().instructions.size() - 1
        && site.method().instructions.get(from).getOpcode() < 0) {
      from++;
    }
    AbstractInsnNode node = site.method().instructions.get(from);
    int target =
        node instanceof JumpInsnNode jump && node.getOpcode() == Opcodes.GOTO
            ? site.method().instructions.indexOf(jump.label)
            : at;
    return site.loops().stream()
        .anyMatch(loop -> loop.exit() >= 0 && isAt(site, target, loop.exit()));
  }

  private static boolean isLoopEnd(SiteFacts site, int at, AbstractInsnNode node) {
    int target =
        node instanceof JumpInsnNode jump && node.getOpcode() == Opcodes.GOTO
            ? site.method().instructions.indexOf(jump.label)
            : at;
    for (Loop loop : site.loops()) {
      if (isAt(site, target, loop.next())
          || isAt(site, target, loop.head())
          || (loop.exit() >= 0 && isAt(site, target, loop.exit()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing but labels lies between. */
  private static boolean isAt(SiteFacts site, int from, int place) {
    int at = from;
    while (at < place && site.method().instructions.get(at).getOpcode() < 0) {
      at++;
    }
    return at == place;
  }
}
