package dev.fettle.agent.hotpatch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Sorts the class files of a patch into changed and new ones. A class that the compiler named
 * (anonymous, local, helper of an enum switch) and that is not the same as the running one of that
 * name counts as new: such names shift when a patch adds another.
 */
final class PatchReader {
  private static final Pattern COMPILER_NAMED = Pattern.compile(".*\\$\\d+[^/]*");

  private final int sequence;
  private final Function<String, byte @Nullable []> running;

  /**
   * @param running the class file that runs, by internal name; null when there is none
   */
  PatchReader(int sequence, Function<String, byte @Nullable []> running) {
    this.sequence = sequence;
    this.running = running;
  }

  /** The plan for class files by internal name. */
  PatchPlan read(Map<String, byte[]> files, int slot) {
    Map<String, ClassNode> now = new LinkedHashMap<>();
    Map<String, ClassNode> old = new LinkedHashMap<>();
    files.forEach(
        (name, file) -> {
          now.put(name, parse(file));
          byte[] bytes = running.apply(name);
          if (bytes != null) {
            old.put(name, parse(bytes));
          }
        });
    boolean shifted =
        now.keySet().stream().anyMatch(n -> !old.containsKey(n) && isCompilerNamed(n));
    old.keySet().removeIf(n -> isCompilerNamed(n) && !isSameClass(old.get(n), now.get(n), shifted));
    Map<String, String> names = new HashMap<>();
    now.keySet().stream().filter(n -> !old.containsKey(n)).forEach(n -> names.put(n, fresh(n)));
    Map<String, PairedClass> pairs = new LinkedHashMap<>();
    Map<String, ClassNode> added = new LinkedHashMap<>();
    now.forEach(
        (name, node) -> {
          ClassNode renamed = names.isEmpty() ? node : rename(node, names);
          ClassNode was = old.get(name);
          if (was == null) {
            added.put(renamed.name, renamed);
          } else {
            pairs.put(name, new PairedClass(was, renamed));
          }
        });
    return new PatchPlan(sequence, pairs, added, slot);
  }

  private String fresh(String name) {
    int dollar = name.indexOf('$', name.lastIndexOf('/') + 1);
    String outer = dollar < 0 ? name : name.substring(0, dollar);
    String rest = dollar < 0 ? "" : name.substring(dollar);
    return outer + "$$Fettle" + sequence + rest;
  }

  private static boolean isCompilerNamed(String name) {
    return COMPILER_NAMED.matcher(name).matches();
  }

  private static boolean isSameClass(
      @Nullable ClassNode old, @Nullable ClassNode now, boolean shifted) {
    if (old == null || now == null) {
      return false;
    }
    String enclosing = old.outerMethod + old.outerMethodDesc;
    if (!enclosing.equals(now.outerMethod + now.outerMethodDesc)) {
      return false;
    }
    try {
      return new PairedClass(copy(old), copy(now)).replaced().isEmpty() || !shifted;
    } catch (Refused differs) {
      return false;
    }
  }

  private static ClassNode copy(ClassNode node) {
    ClassNode copy = new ClassNode(Opcodes.ASM9);
    node.accept(copy);
    return copy;
  }

  private static ClassNode rename(ClassNode node, Map<String, String> names) {
    ClassNode renamed = new ClassNode();
    Remapper remapper =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(String internalName) {
            return names.getOrDefault(internalName, internalName);
          }
        };
    node.accept(new ClassRemapper(renamed, remapper));
    return renamed;
  }

  static ClassNode parse(byte[] file) {
    ClassNode node = new ClassNode();
    new ClassReader(file).accept(node, 0);
    return node;
  }

  /** Puts the code of {@code body} into a method of the running class; all else stays. */
  static void graft(MethodNode target, MethodNode body) {
    MethodNode copy =
        new MethodNode(Opcodes.ASM9, target.access, target.name, target.desc, null, null);
    body.accept(copy); // a body may be grafted again when another patch of the class goes
    target.instructions = copy.instructions;
    target.tryCatchBlocks = copy.tryCatchBlocks;
    target.localVariables = copy.localVariables;
    target.visibleLocalVariableAnnotations = copy.visibleLocalVariableAnnotations;
    target.invisibleLocalVariableAnnotations = copy.invisibleLocalVariableAnnotations;
    target.maxStack = copy.maxStack;
    target.maxLocals = copy.maxLocals;
  }
}
