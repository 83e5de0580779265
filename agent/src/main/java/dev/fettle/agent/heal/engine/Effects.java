package dev.fettle.agent.heal.engine;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What calls change, inferred over the application's classes down to a list of library roots. What
 * is not known counts as reaching outside. An override in a subclass is not seen. Thread-safe.
 */
final class Effects {
  /** From nothing to everything. */
  enum Level {
    NONE,
    MEMORY,
    OUTSIDE;

    Level or(Level other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  private static final int DEPTH = 40;

  private static final String[] OUTSIDE = {
    "java/io/",
    "java/net/",
    "java/nio/channels/",
    "java/nio/file/",
    "java/sql/",
    "java/rmi/",
    "java/awt/",
    "java/util/logging/",
    "java/util/concurrent/locks/",
    "java/util/concurrent/Executor",
    "java/util/concurrent/ThreadPool",
    "java/util/concurrent/Scheduled",
    "java/util/concurrent/CompletableFuture",
    "java/util/concurrent/ForkJoin",
    "java/util/Timer",
    "java/util/Scanner",
    "java/util/prefs/",
    "java/util/function/",
    "java/lang/Process",
    "java/lang/Runtime.",
    "java/lang/Thread.",
    "java/lang/Runnable.",
    "java/lang/System.exit",
    "java/lang/System.load",
    "java/lang/System.set",
    "java/lang/System.clear",
    "java/lang/Object.wait",
    "java/lang/Object.notify",
    "java/lang/reflect/Method.invoke",
    "java/lang/reflect/Constructor.newInstance",
    "java/lang/invoke/MethodHandle.",
    "javax/",
    "jdk/",
    "sun/",
    "com/sun/"
  };

  private static final String[] INSIDE = {
    "java/io/Serializable",
    "java/io/StringReader",
    "java/io/StringWriter",
    "java/io/ByteArray",
    "java/net/URI.",
    "java/net/URLEncoder",
    "java/net/URLDecoder",
    "java/lang/ThreadLocal"
  };

  /** Interfaces of the JDK whose methods are taken for what they are called. */
  private static final Set<String> READS =
      Set.of(
          "java/util/List.get",
          "java/util/List.size",
          "java/util/List.isEmpty",
          "java/util/List.contains",
          "java/util/List.indexOf",
          "java/util/Map.get",
          "java/util/Map.getOrDefault",
          "java/util/Map.containsKey",
          "java/util/Map.size",
          "java/util/Map.isEmpty",
          "java/util/Map.keySet",
          "java/util/Map.values",
          "java/util/Map.entrySet",
          "java/util/Map$Entry.getKey",
          "java/util/Map$Entry.getValue",
          "java/util/Set.contains",
          "java/util/Set.size",
          "java/util/Collection.size",
          "java/util/Collection.isEmpty",
          "java/util/Iterator.hasNext",
          "java/lang/CharSequence.length",
          "java/lang/CharSequence.charAt",
          "java/lang/StringBuilder.length",
          "java/lang/StringBuilder.charAt",
          "java/lang/Object.getClass",
          "java/lang/Iterable.iterator");

  /**
   * The methods that one question has entered and not settled. Confined to the thread that asks:
   * others must not see what is still assumed of them. Cycles are found as by Tarjan (1972).
   */
  private static final class Walk {
    private final Map<String, Integer> entered = new HashMap<>();
    private final List<String> path = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    private int depth;

    /** The earliest of them that the method at hand may come back to. */
    private int earliest = Integer.MAX_VALUE;

    int enter(String key) {
      int at = path.size();
      entered.put(key, at);
      path.add(key);
      levels.add(Level.NONE);
      return at;
    }

    /** What is assumed of a method that was entered, or null. */
    @Nullable Level assumed(String key) {
      Integer at = entered.get(key);
      if (at == null) {
        return null;
      }
      earliest = Math.min(earliest, at);
      return levels.get(at);
    }
  }

  // weak: these are remembered by loader
  private final WeakReference<@Nullable ClassLoader> loader;
  private final KeptClasses kept;
  private final Map<String, Level> known = new ConcurrentHashMap<>();
  private final Map<String, ClassNode> classes = new ConcurrentHashMap<>();

  Effects(@Nullable ClassLoader loader, KeptClasses kept) {
    this.loader = new WeakReference<>(loader);
    this.kept = kept;
  }

  /** Whether a class can be healed. */
  boolean isHealable(@Nullable ClassLoader of, String className) {
    return kept.has(of, className);
  }

  /** Of a call as it is written. */
  Level of(MethodInsnNode call) {
    boolean unknown = call.getOpcode() == Opcodes.INVOKEINTERFACE;
    return of(call.owner, call.name, call.desc, unknown, null);
  }

  /** Of a call on a receiver of that class. */
  Level of(MethodInsnNode call, Class<?> receiver) {
    for (Class<?> at = receiver; at != null; at = at.getSuperclass()) {
      String name = at.getName().replace('.', '/');
      ClassNode node = node(name);
      if (node != null && method(node, call.name, call.desc) != null) {
        return of(name, call.name, call.desc, false, null);
      }
    }
    return of(call);
  }

  /** Of one instruction. */
  Level of(AbstractInsnNode node) {
    return of(node, null);
  }

  private Level of(AbstractInsnNode node, @Nullable Walk walk) {
    int opcode = node.getOpcode();
    if (node instanceof MethodInsnNode call) {
      return of(call.owner, call.name, call.desc, opcode == Opcodes.INVOKEINTERFACE, walk);
    }
    if (node instanceof InvokeDynamicInsnNode dynamic) {
      return ofLambda(dynamic, walk);
    }
    if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
      return Level.OUTSIDE;
    }
    boolean writes =
        (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE)
            || opcode == Opcodes.PUTFIELD
            || opcode == Opcodes.PUTSTATIC;
    return writes ? Level.MEMORY : Level.NONE;
  }

  /** A lambda may be run by whoever gets it. */
  private Level ofLambda(InvokeDynamicInsnNode dynamic, @Nullable Walk walk) {
    Level level = Level.NONE;
    if (dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
      for (Object argument : dynamic.bsmArgs) {
        if (argument instanceof Handle handle) {
          boolean unknown = handle.getTag() == Opcodes.H_INVOKEINTERFACE;
          level =
              level.or(of(handle.getOwner(), handle.getName(), handle.getDesc(), unknown, walk));
        }
      }
    }
    return level;
  }

  private Level of(
      String owner, String name, String desc, boolean isInterface, @Nullable Walk walk) {
    if (owner.charAt(0) == '[') {
      return Level.NONE;
    }
    String key = owner + '.' + name + desc;
    Level level = known.get(key);
    if (level != null) {
      return level;
    }
    Walk within = walk == null ? new Walk() : walk;
    Level assumed = within.assumed(key);
    return assumed == null ? infer(owner, name, desc, isInterface, within, key) : assumed;
  }

  private Level infer(
      String owner, String name, String desc, boolean isInterface, Walk walk, String key) {
    if (owner.startsWith("java/") || isOutside(owner + '.' + name)) {
      return ofPlatform(owner, name, desc);
    }
    if (walk.depth > DEPTH) {
      return Level.OUTSIDE;
    }
    int outer = walk.earliest;
    int at = walk.enter(key);
    walk.earliest = at;
    walk.depth++;
    // a recursive call adds nothing
    Level level = ofOwn(owner, name, desc, isInterface, walk);
    walk.depth--;
    walk.levels.set(at, level);
    if (walk.earliest == at) {
      settle(walk, at, level);
    }
    walk.earliest = Math.min(outer, walk.earliest);
    return level;
  }

  /** Methods that call each other change what the first of them does, and nothing else. */
  private void settle(Walk walk, int from, Level level) {
    for (int i = walk.path.size() - 1; i >= from; i--) {
      String key = walk.path.remove(i);
      walk.levels.remove(i);
      walk.entered.remove(key);
      known.put(key, level);
    }
  }

  private Level ofOwn(String owner, String name, String desc, boolean isInterface, Walk walk) {
    for (ClassNode node = node(owner); node != null; node = node(node.superName)) {
      MethodNode method = method(node, name, desc);
      if (method != null) {
        boolean unknown = (method.access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) != 0;
        boolean locks = (method.access & Opcodes.ACC_SYNCHRONIZED) != 0;
        return unknown || locks ? Level.OUTSIDE : ofCode(node, method, walk);
      }
      if (isInterface) {
        return Level.OUTSIDE;
      }
      if (node.superName.startsWith("java/")) {
        return ofPlatform(node.superName, name, desc);
      }
    }
    return Level.OUTSIDE;
  }

  private Level ofCode(ClassNode owner, MethodNode method, Walk walk) {
    boolean fills = fillsItself(owner, method);
    Level level = Level.NONE;
    for (AbstractInsnNode node : method.instructions) {
      boolean own = fills && node.getOpcode() == Opcodes.PUTFIELD;
      level = own ? level : level.or(of(node, walk));
      if (level == Level.OUTSIDE) {
        return level;
      }
    }
    return level;
  }

  /**
   * Whether what a constructor sets are fields of the new object: it gets hold of no other object
   * of its class.
   */
  private static boolean fillsItself(ClassNode owner, MethodNode method) {
    String type = "L" + owner.name + ";";
    if (!method.name.equals("<init>") || method.desc.contains(type)) {
      return false;
    }
    for (AbstractInsnNode node : method.instructions) {
      if (node instanceof FieldInsnNode field
          && (node.getOpcode() == Opcodes.PUTFIELD
              ? !field.owner.equals(owner.name)
              : field.desc.contains(type))) {
        return false;
      }
      if (node instanceof MethodInsnNode call && call.desc.endsWith(type)) {
        return false;
      }
      if (node instanceof TypeInsnNode other && other.desc.contains(owner.name)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable MethodNode method(ClassNode node, String name, String desc) {
    return node.methods.stream()
        .filter(m -> m.name.equals(name) && m.desc.equals(desc))
        .findFirst()
        .orElse(null);
  }

  private @Nullable ClassNode node(@Nullable String name) {
    if (name == null || name.startsWith("java/")) {
      return null;
    }
    ClassNode known = classes.get(name);
    byte[] bytes = known == null ? kept.bytes(loader.get(), name.replace('/', '.')) : null;
    if (bytes != null) {
      known = new ClassNode();
      new ClassReader(bytes).accept(known, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      classes.put(name, known);
    }
    return known;
  }

  private static Level ofPlatform(String owner, String name, String desc) {
    String method = owner + '.' + name;
    if (isOutside(method)) {
      return Level.OUTSIDE;
    }
    MethodInsnNode call = new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, desc, false);
    boolean pure =
        READS.contains(method)
            || Purity.isPureStatic(call)
            || (name.equals("<init>") && Purity.isPlainConstructor(call));
    return pure ? Level.NONE : Level.MEMORY;
  }

  private static boolean isOutside(String method) {
    return startsWith(OUTSIDE, method) && !startsWith(INSIDE, method);
  }

  private static boolean startsWith(String[] prefixes, String name) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
