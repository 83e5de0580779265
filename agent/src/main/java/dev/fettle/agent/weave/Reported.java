package dev.fettle.agent.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A variable that a handler reports: its slot holds a value of that type wherever it is covered.
 */
record Reported(int slot, String name, String descriptor, boolean parameter) {

  /** The verification type in a handler's frame; every reference is an Object there. */
  Object frameType() {
    return switch (descriptor.charAt(0)) {
      case 'Z', 'B', 'S', 'C', 'I' -> Opcodes.INTEGER;
      case 'J' -> Opcodes.LONG;
      case 'F' -> Opcodes.FLOAT;
      case 'D' -> Opcodes.DOUBLE;
      default -> "java/lang/Object";
    };
  }

  /** The type as the bootstrap sees it. */
  String argumentDescriptor() {
    return descriptor.charAt(0) == 'L' || descriptor.charAt(0) == '['
        ? "Ljava/lang/Object;"
        : descriptor;
  }

  int loadOpcode() {
    return Type.getType(argumentDescriptor()).getOpcode(Opcodes.ILOAD);
  }

  int size() {
    char kind = descriptor.charAt(0);
    return kind == 'J' || kind == 'D' ? 2 : 1;
  }

  /** Whether a slot of that verification type may be read as this variable. */
  boolean fits(Object slotType) {
    Object wanted = frameType();
    if (wanted instanceof String) {
      return slotType instanceof String || slotType == Opcodes.NULL;
    }
    return wanted == slotType;
  }

  String encoded() {
    return (parameter ? 'p' : 'l') + name + ' ' + descriptor;
  }
}
