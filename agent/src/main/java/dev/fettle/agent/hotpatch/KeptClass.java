package dev.fettle.agent.hotpatch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class that is or was patched: the bytes it was loaded from and the bodies that should run. A
 * state of it never changes; the nodes inside are guarded by a lock that all states of all classes
 * share, which is never held while the JVM is asked for anything.
 */
final class KeptClass {
  private static final Object NODES = new Object();

  private final byte[] original;
  private final Map<String, Map<String, MethodNode>> grafts;
  private final Set<String> touched;

  private KeptClass(
      byte[] original, Map<String, Map<String, MethodNode>> grafts, Set<String> touched) {
    this.original = original;
    this.grafts = grafts;
    this.touched = touched;
  }

  /** Without a patch. */
  static KeptClass of(byte[] original) {
    return new KeptClass(original, Map.of(), Set.of());
  }

  KeptClass with(String patchId, Map<String, MethodNode> bodies) {
    Map<String, Map<String, MethodNode>> more = new LinkedHashMap<>(grafts);
    more.put(patchId, bodies);
    Set<String> all = new HashSet<>(touched);
    all.addAll(bodies.keySet());
    return new KeptClass(original, more, all);
  }

  KeptClass without(String patchId) {
    Map<String, Map<String, MethodNode>> rest = new LinkedHashMap<>(grafts);
    rest.remove(patchId);
    return new KeptClass(original, rest, touched);
  }

  boolean has(String patchId) {
    return grafts.containsKey(patchId);
  }

  byte[] original() {
    return original;
  }

  /** The patch that holds the method already; null for none. */
  @Nullable String holder(String method) {
    for (Map.Entry<String, Map<String, MethodNode>> graft : grafts.entrySet()) {
      if (graft.getValue().containsKey(method)) {
        return graft.getKey();
      }
    }
    return null;
  }

  /** The class file that should run. */
  byte[] file() {
    Map<String, MethodNode> bodies = bodies();
    if (bodies.isEmpty()) {
      return original;
    }
    ClassNode node = PatchReader.parse(original);
    synchronized (NODES) {
      for (MethodNode target : node.methods) {
        MethodNode body = bodies.get(target.name + target.desc);
        if (body != null) {
          PatchReader.graft(target, body);
        }
      }
    }
    return bytes(node);
  }

  /**
   * Puts right what a retransformation starts from. JDK 17 starts from the bytes of the first load
   * when another agent changed them then, and forgets what was redefined since.
   *
   * @return null when {@code file} runs what should run
   */
  byte @Nullable [] corrected(byte[] file) {
    ClassNode node = PatchReader.parse(file);
    Map<String, MethodNode> expected = bodies();
    Map<String, MethodNode> originals = new HashMap<>();
    boolean wrong = false;
    for (MethodNode target : node.methods) {
      String name = target.name + target.desc;
      if (!touched.contains(name)) {
        continue;
      }
      MethodNode body = expected.get(name);
      if (Probe.slotOf(target) == (body == null ? -1 : Probe.slotOf(body))) {
        continue;
      }
      if (body == null) {
        if (originals.isEmpty()) {
          PatchReader.parse(original).methods.forEach(m -> originals.put(m.name + m.desc, m));
        }
        body = originals.get(name);
      }
      if (body != null) {
        synchronized (NODES) {
          PatchReader.graft(target, body);
        }
        wrong = true;
      }
    }
    return wrong ? bytes(node) : null;
  }

  private Map<String, MethodNode> bodies() {
    Map<String, MethodNode> bodies = new HashMap<>();
    grafts.values().forEach(bodies::putAll);
    return bodies;
  }

  private static byte[] bytes(ClassNode node) {
    ClassWriter writer = new ClassWriter(0);
    node.accept(writer);
    return writer.toByteArray();
  }
}
