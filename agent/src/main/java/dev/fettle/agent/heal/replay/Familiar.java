package dev.fettle.agent.heal.replay;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Methods of the JDK that statements call most, called directly: a method handle that takes boxed
 * values costs milliseconds to link in a JVM that has just started, and the first heal waits for
 * it. Stateless.
 */
final class Familiar {
  /** The answer for methods that are none of these. */
  static final Object NO = new Object();

  private Familiar() {}

  /**
   * Calls the method.
   *
   * @param given the receiver first, not null, but for constructors; boxed by the declared types
   * @return its result, null for void; {@link #NO} when it was not called
   */
  static @Nullable Object call(MethodInsnNode call, @Nullable Object[] given) {
    if (!call.owner.startsWith("java/") || call.getOpcode() == Opcodes.INVOKESPECIAL) {
      return NO;
    }
    return call.getOpcode() == Opcodes.INVOKESTATIC
        ? ofClass(call, given)
        : ofObject(call, given[0], given);
  }

  private static @Nullable Object ofObject(
      MethodInsnNode call, @Nullable Object on, @Nullable Object[] given) {
    if (on instanceof String text) {
      return text(call, text, given);
    } else if (on instanceof Number || on instanceof Character || on instanceof Boolean) {
      return box(call, on);
    } else if (on instanceof List<?> list && given.length == 2 && call.name.equals("get")) {
      return given[1] instanceof Integer index ? list.get(index) : NO;
    } else if (on instanceof Map<?, ?> map) {
      return map(call, map, given);
    } else if (on instanceof Collection<?> some) {
      return collection(call, some, given);
    } else if (on instanceof Iterator<?> iterator && given.length == 1) {
      return switch (call.name) {
        case "hasNext" -> iterator.hasNext();
        case "next" -> iterator.next();
        default -> NO;
      };
    }
    return NO;
  }

  private static Object text(MethodInsnNode call, String text, @Nullable Object[] given) {
    return switch (call.name.concat(call.desc)) {
      case "charAt(I)C" -> given[1] instanceof Integer at ? text.charAt(at) : NO;
      case "length()I" -> text.length();
      case "isEmpty()Z" -> text.isEmpty();
      case "trim()Ljava/lang/String;" -> text.trim();
      case "equals(Ljava/lang/Object;)Z" -> text.equals(given[1]);
      case "substring(I)Ljava/lang/String;" ->
          given[1] instanceof Integer from ? text.substring(from) : NO;
      case "substring(II)Ljava/lang/String;" ->
          given[1] instanceof Integer from && given[2] instanceof Integer to
              ? text.substring(from, to)
              : NO;
      default -> NO;
    };
  }

  private static Object box(MethodInsnNode call, Object on) {
    if (on instanceof Number number) {
      return switch (call.name) {
        case "intValue" -> number.intValue();
        case "longValue" -> number.longValue();
        case "doubleValue" -> number.doubleValue();
        default -> NO;
      };
    } else if (on instanceof Character && call.name.equals("charValue")) {
      return on;
    }
    return on instanceof Boolean && call.name.equals("booleanValue") ? on : NO;
  }

  private static @Nullable Object map(
      MethodInsnNode call, Map<?, ?> map, @Nullable Object[] given) {
    return switch (call.name.concat(call.desc)) {
      case "get(Ljava/lang/Object;)Ljava/lang/Object;" -> map.get(given[1]);
      case "containsKey(Ljava/lang/Object;)Z" -> map.containsKey(given[1]);
      case "size()I" -> map.size();
      case "isEmpty()Z" -> map.isEmpty();
      default -> NO;
    };
  }

  @SuppressWarnings("unchecked")
  private static Object collection(
      MethodInsnNode call, Collection<?> some, @Nullable Object[] given) {
    return switch (call.name.concat(call.desc)) {
      case "size()I" -> some.size();
      case "isEmpty()Z" -> some.isEmpty();
      case "contains(Ljava/lang/Object;)Z" -> some.contains(given[1]);
      case "add(Ljava/lang/Object;)Z" -> ((Collection<@Nullable Object>) some).add(given[1]);
      case "iterator()Ljava/util/Iterator;" -> some.iterator();
      default -> NO;
    };
  }

  private static Object ofClass(MethodInsnNode call, @Nullable Object[] given) {
    if (given.length == 1) {
      boolean boxing = call.name.equals("valueOf") && call.desc.length() > 4;
      boolean primitive = boxing && call.desc.charAt(2) == ')';
      return primitive ? boxed(call.owner, given[0]) : NO;
    }
    boolean two =
        call.owner.equals("java/lang/Math")
            && call.desc.equals("(II)I")
            && given[0] instanceof Integer
            && given[1] instanceof Integer;
    if (!two || !(given[0] instanceof Integer left) || !(given[1] instanceof Integer right)) {
      return NO;
    }
    return switch (call.name) {
      case "max" -> Math.max(left, right);
      case "min" -> Math.min(left, right);
      default -> NO;
    };
  }

  private static Object boxed(String owner, @Nullable Object value) {
    if (value == null || !value.getClass().getName().replace('.', '/').equals(owner)) {
      return NO;
    }
    return value;
  }
}
