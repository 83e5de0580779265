package dev.fettle.agent.heal.engine;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Which instructions change nothing that others can see, so that they may be executed twice. Calls
 * are judged by the JDK's methods on the JDK's own receivers; methods of the application by their
 * code. Thread-safe.
 */
final class Purity {
  /** Ends an evaluation before something that is not pure. */
  @SuppressWarnings("StaticAssignmentOfThrowable") // has no trace, and is thrown often
  static final RuntimeException NOT_PURE =
      new RuntimeException("not pure", null, false, false) {
        private static final long serialVersionUID = 1;
      };

  private static final Set<String> VALUES =
      Set.of(
          "java/lang/Math",
          "java/lang/StrictMath",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Short",
          "java/lang/Byte",
          "java/lang/Character",
          "java/lang/Boolean",
          "java/lang/Double",
          "java/lang/Float",
          "java/lang/Number",
          "java/lang/String",
          "java/lang/Class",
          "java/util/Objects",
          "java/util/Optional",
          "java/util/OptionalInt",
          "java/util/OptionalLong",
          "java/util/OptionalDouble",
          "java/math/BigInteger",
          "java/math/BigDecimal");

  private static final Set<String> STATICS =
      Set.of(
          "java/util/List.of",
          "java/util/Set.of",
          "java/util/Map.of",
          "java/util/List.copyOf",
          "java/util/Map.entry",
          "java/util/Arrays.asList",
          "java/util/Arrays.toString",
          "java/util/Arrays.copyOf",
          "java/util/Arrays.copyOfRange",
          "java/util/Arrays.equals",
          "java/util/Arrays.hashCode",
          "java/util/Arrays.binarySearch",
          "java/util/Collections.emptyList",
          "java/util/Collections.emptyMap",
          "java/util/Collections.emptySet",
          "java/util/Collections.singletonList",
          "java/util/Collections.unmodifiableList",
          "java/util/Collections.max",
          "java/util/Collections.min");

  private static final Set<String> READERS =
      Set.of(
          "get",
          "size",
          "isEmpty",
          "contains",
          "containsKey",
          "containsValue",
          "containsAll",
          "getOrDefault",
          "peek",
          "peekFirst",
          "peekLast",
          "element",
          "getFirst",
          "getLast",
          "first",
          "last",
          "firstKey",
          "lastKey",
          "firstElement",
          "lastElement",
          "elementAt",
          "firstEntry",
          "lastEntry",
          "floor",
          "ceiling",
          "higher",
          "lower",
          "floorKey",
          "ceilingKey",
          "higherKey",
          "lowerKey",
          "indexOf",
          "lastIndexOf",
          "search",
          "empty",
          "keySet",
          "values",
          "entrySet",
          "iterator",
          "listIterator",
          "subList",
          "toArray",
          "hasNext",
          "hasMoreElements",
          "getKey",
          "getValue",
          "length",
          "charAt",
          "substring",
          "toString",
          "hashCode",
          "equals",
          "compareTo",
          "stream",
          "hasMoreTokens",
          "countTokens",
          "cardinality",
          "nextSetBit");

  private final Effects effects;

  Purity(Effects effects) {
    this.effects = effects;
  }

  /** Whether a class of the application can be healed. */
  boolean isHealable(@Nullable ClassLoader loader, String className) {
    return effects.isHealable(loader, className);
  }

  /** Judged by the operands that an instruction is about to get. */
  boolean isPure(AbstractInsnNode node, @Nullable Object[] operands, Predicate<Object> fresh) {
    int opcode = node.getOpcode();
    if ((opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) || opcode == Opcodes.PUTFIELD) {
      // what fails has changed nothing; what succeeds must be ours
      return operands[0] == null || fresh.test(operands[0]) || willFail(node, operands);
    }
    if (node instanceof MethodInsnNode call) {
      return isPure(call, operands, fresh);
    }
    return opcode != Opcodes.PUTSTATIC;
  }

  private static boolean willFail(AbstractInsnNode node, @Nullable Object[] operands) {
    if (node instanceof FieldInsnNode || !(operands[1] instanceof Integer index)) {
      return false;
    }
    Object array = operands[0];
    return array != null && (index < 0 || index >= java.lang.reflect.Array.getLength(array));
  }

  private boolean isPure(
      MethodInsnNode call, @Nullable Object[] operands, Predicate<Object> fresh) {
    boolean constructor = call.name.equals("<init>");
    boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
    if (constructor) {
      return isPlainConstructor(call) || effects.of(call) == Effects.Level.NONE;
    }
    if (isStatic) {
      return isPureStatic(call) || effects.of(call) == Effects.Level.NONE;
    }
    Object receiver = operands[0];
    if (receiver == null) {
      return true;
    }
    Class<?> type = receiver.getClass();
    if (type.getClassLoader() == null || type.isArray()) {
      return isReader(call, type) || fresh.test(receiver);
    }
    return effects.of(call, type) == Effects.Level.NONE;
  }

  private static boolean isReader(MethodInsnNode call, Class<?> type) {
    if (type.isArray()) {
      return call.name.equals("clone");
    }
    String name = type.getName();
    boolean value =
        VALUES.contains(name.replace('.', '/'))
            || name.startsWith("java.time.")
            || receiverlessValue(call);
    boolean known =
        name.startsWith("java.util.")
            || name.startsWith("java.lang.")
            || name.startsWith("java.math.");
    boolean concurrent = name.startsWith("java.util.concurrent.locks");
    return value || (known && !concurrent && READERS.contains(call.name));
  }

  private static boolean receiverlessValue(MethodInsnNode call) {
    return call.name.equals("getClass") && call.owner.equals("java/lang/Object");
  }

  static boolean isPureStatic(MethodInsnNode call) {
    boolean value = VALUES.contains(call.owner) && !call.name.equals("random");
    boolean time = call.owner.startsWith("java/time/") && !call.name.equals("now");
    return value || time || STATICS.contains(call.owner + "." + call.name);
  }

  static boolean isPlainConstructor(MethodInsnNode call) {
    String owner = call.owner;
    boolean text = owner.equals("java/lang/StringBuilder") || VALUES.contains(owner);
    boolean collection =
        owner.startsWith("java/util/") && owner.indexOf('/', 10) < 0 && !owner.contains("Timer");
    boolean exception =
        owner.startsWith("java/") && (owner.endsWith("Exception") || owner.endsWith("Error"));
    return text
        || exception
        || owner.equals("java/lang/Object")
        || (collection
            && !owner.equals("java/util/Scanner")
            && !owner.equals("java/util/Formatter"));
  }

  /** Judged without operands: for instructions that ran already. */
  boolean isPure(AbstractInsnNode node) {
    int opcode = node.getOpcode();
    if ((opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE)
        || opcode == Opcodes.PUTFIELD
        || opcode == Opcodes.PUTSTATIC) {
      return false;
    }
    if (node instanceof InvokeDynamicInsnNode) {
      return true;
    }
    if (node instanceof MethodInsnNode call) {
      return effects.of(call) == Effects.Level.NONE;
    }
    return true;
  }
}
