package dev.fettle.agent.heal.engine;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

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

  // weak: these are remembered by loader
  private final WeakReference<@Nullable ClassLoader> loader;
  private final KeptClasses kept;
  private final Map<String, Level> known = new ConcurrentHashMap<>();
  private final Map<String, ClassNode> classes = new ConcurrentHashMap<>();

  Effects(@Nullable ClassLoader loader, KeptClasses kept) {
    this.loader = new WeakReference<>(loader);
    this.kept = kept;
  }

  /** Of a call as it is written. */
  Level of(MethodInsnNode call) {
    boolean unknown = call.getOpcode() == Opcodes.INVOKEINTERFACE;
    return of(call.owner, call.name, call.desc, unknown, 0);
  }

  /** Of a call on a receiver of that class. */
  Level of(MethodInsnNode call, Class<?> receiver) {
    for (Class<?> at = receiver; at != null; at = at.getSuperclass()) {
      String name = at.getName().replace('.', '/');
      ClassNode node = node(name);
      if (node != null && method(node, call.name, call.desc) != null) {
        return of(name, call.name, call.desc, false, 0);
      }
    }
    return of(call);
  }

  /** Of one instruction. */
  Level of(AbstractInsnNode node) {
    return of(node, 0);
  }

  private Level of(AbstractInsnNode node, int depth) {
    int opcode = node.getOpcode();
    if (node instanceof MethodInsnNode call) {
      return of(call.owner, call.name, call.desc, opcode == Opcodes.INVOKEINTERFACE, depth);
    }
    if (node instanceof InvokeDynamicInsnNode dynamic) {
      return ofLambda(dynamic, depth);
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
  private Level ofLambda(InvokeDynamicInsnNode dynamic, int depth) {
    Level level = Level.NONE;
    if (dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
      for (Object argument : dynamic.bsmArgs) {
        if (argument instanceof Handle handle) {
          boolean unknown = handle.getTag() == Opcodes.H_INVOKEINTERFACE;
          level =
              level.or(of(handle.getOwner(), handle.getName(), handle.getDesc(), unknown, depth));
        }
      }
    }
    return level;
  }

  private Level of(String owner, String name, String desc, boolean isInterface, int depth) {
    if (owner.charAt(0) == '[') {
      return Level.NONE;
    }
    String key = owner + '.' + name + desc;
    Level level = known.get(key);
    if (level == null) {
      level = infer(owner, name, desc, isInterface, depth, key);
    }
    return level;
  }

  private Level infer(
      String owner, String name, String desc, boolean isInterface, int depth, String key) {
    if (owner.startsWith("java/") || isOutside(owner + '.' + name)) {
      return ofPlatform(owner, name, desc);
    }
    if (depth > DEPTH) {
      return Level.OUTSIDE;
    }
    // a recursive call adds nothing
    known.put(key, Level.NONE);
    Level level = ofOwn(owner, name, desc, isInterface, depth);
    known.put(key, level);
    return level;
  }

  private Level ofOwn(String owner, String name, String desc, boolean isInterface, int depth) {
    for (ClassNode node = node(owner); node != null; node = node(node.superName)) {
      MethodNode method = method(node, name, desc);
      if (method != null) {
        boolean unknown = (method.access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) != 0;
        boolean locks = (method.access & Opcodes.ACC_SYNCHRONIZED) != 0;
        return unknown || locks ? Level.OUTSIDE : ofCode(method, depth);
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

  private Level ofCode(MethodNode method, int depth) {
    Level level = Level.NONE;
    for (AbstractInsnNode node : method.instructions) {
      level = level.or(of(node, depth + 1));
      if (level == Level.OUTSIDE) {
        return level;
      }
    }
    return level;
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
