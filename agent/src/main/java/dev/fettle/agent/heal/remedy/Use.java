package dev.fettle.agent.heal.remedy;

import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;

/** What a call wants of its receiver, as far as its name says. */
enum Use {
  /** The number in a box. */
  UNBOX,
  /** How much there is. */
  SIZE,
  /** What there is. */
  CONTENT,
  /** To change it. */
  CHANGE;

  private static final Set<String> SIZES =
      Set.of("length", "size", "isEmpty", "isBlank", "strip", "trim", "toString", "hasNext");
  private static final Set<String> CHANGES =
      Set.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "append",
          "clear",
          "computeIfAbsent",
          "delete",
          "deleteCharAt",
          "insert",
          "merge",
          "offer",
          "poll",
          "pop",
          "push",
          "put",
          "putAll",
          "putIfAbsent",
          "remove",
          "replace",
          "set",
          "setCharAt",
          "setLength");

  static Use of(MethodInsnNode call) {
    if (call.owner.startsWith("java/lang/") && call.name.endsWith("Value")) {
      return UNBOX;
    } else if (SIZES.contains(call.name)) {
      return SIZE;
    }
    boolean text = call.owner.equals("java/lang/String");
    return CHANGES.contains(call.name) && !text ? CHANGE : CONTENT;
  }
}
