package dev.fettle.agent.hotpatch;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodNode;

/**
 * The classes that patches changed, with their kept bytes. Confined to {@link HotPatcher}, but for
 * {@link #transform}, which the JVM calls on any thread.
 */
final class PatchedClasses implements ClassFileTransformer {
  private final Instrumentation instrumentation;
  private final OriginalBytes originals;

  // weak: an application that is taken down must be able to go
  private final Map<Class<?>, KeptClass> kept = Collections.synchronizedMap(new WeakHashMap<>());
  private volatile @Nullable Thread redefining;

  PatchedClasses(Instrumentation instrumentation, OriginalBytes originals) {
    this.instrumentation = instrumentation;
    this.originals = originals;
    instrumentation.addTransformer(this, true);
  }

  /** Patches stay, but a retransformation may undo them from now on. */
  void release() {
    instrumentation.removeTransformer(this);
  }

  /** Keeps patches through retransformations that others ask for. */
  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    if (redefined == null || Thread.currentThread() == redefining) {
      return null;
    }
    KeptClass known = kept.get(redefined);
    return known == null ? null : known.corrected(file);
  }

  /** Loaders that loaded any of the classes; those that only see another's are left out. */
  Set<ClassLoader> loadersOf(Set<String> names) {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (names.contains(type.getName()) && !type.isHidden()) {
        if (type.getClassLoader() == null || !instrumentation.isModifiableClass(type)) {
          throw new Refused(type.getName() + " is not the application's to change");
        }
        loaders.add(type.getClassLoader());
      }
    }
    if (loaders.isEmpty()) {
      throw new Refused("none of the classes is loaded: " + new java.util.TreeSet<>(names));
    }
    return loaders;
  }

  PatchPlan plan(ClassLoader loader, Map<String, byte[]> files, int sequence, int slot) {
    Map<String, Class<?>> loaded = new HashMap<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getClassLoader() == loader
          && !type.isHidden()
          && files.containsKey(type.getName())) {
        loaded.put(type.getName(), type);
      }
    }
    Map<String, byte[]> byInternalName = new LinkedHashMap<>();
    files.forEach((name, file) -> byInternalName.put(name.replace('.', '/'), file));
    return new PatchReader(sequence, name -> running(loader, loaded, name.replace('/', '.')))
        .read(byInternalName, slot);
  }

  private byte @Nullable [] running(ClassLoader loader, Map<String, Class<?>> loaded, String name) {
    Class<?> type = loaded.get(name);
    KeptClass known = type == null ? null : kept.get(type);
    byte[] bytes = known == null ? originals.of(loader, name) : known.original();
    if (bytes == null && type != null) {
      throw new Refused(
          "the class file that " + name + " was loaded from is gone or another by now");
    }
    return bytes;
  }

  /** Makes the plans' bodies run, all of them or none. */
  void install(String patchId, Map<ClassLoader, PatchPlan> plans)
      throws IllegalAccessException, ClassNotFoundException, UnmodifiableClassException {
    Map<Class<?>, Map<String, MethodNode>> grafts = new LinkedHashMap<>();
    for (Map.Entry<ClassLoader, PatchPlan> plan : plans.entrySet()) {
      for (Map.Entry<String, Map<String, MethodNode>> graft : plan.getValue().grafts().entrySet()) {
        Class<?> type = load(graft.getKey(), plan.getKey());
        refuseOverlap(type, graft.getValue().keySet());
        grafts.put(type, graft.getValue());
      }
    }
    for (Map.Entry<ClassLoader, PatchPlan> plan : plans.entrySet()) {
      Class<?> host = load(plan.getValue().grafts().keySet().iterator().next(), plan.getKey());
      new Installation(instrumentation, name -> found(name, plan.getKey()))
          .install(plan.getValue(), host);
    }
    Map<Class<?>, KeptClass> next = new LinkedHashMap<>();
    grafts.forEach(
        (type, bodies) -> {
          KeptClass was = kept.get(type);
          KeptClass start = was == null ? KeptClass.of(original(type)) : was;
          next.put(type, start.with(patchId, bodies));
        });
    redefine(next);
    kept.putAll(next);
  }

  /** Makes the bodies of the patch go. */
  void remove(String patchId) throws ClassNotFoundException, UnmodifiableClassException {
    Map<Class<?>, KeptClass> next = new LinkedHashMap<>();
    synchronized (kept) {
      kept.forEach(
          (type, was) -> {
            if (was.has(patchId)) {
              next.put(type, was.without(patchId));
            }
          });
    }
    redefine(next);
    kept.putAll(next);
  }

  private void redefine(Map<Class<?>, KeptClass> classes)
      throws ClassNotFoundException, UnmodifiableClassException {
    List<ClassDefinition> definitions = new ArrayList<>();
    classes.forEach((type, now) -> definitions.add(new ClassDefinition(type, now.file())));
    if (definitions.isEmpty()) {
      return;
    }
    redefining = Thread.currentThread();
    try {
      instrumentation.redefineClasses(definitions.toArray(new ClassDefinition[0]));
    } finally {
      redefining = null;
    }
  }

  private void refuseOverlap(Class<?> type, Set<String> methods) {
    KeptClass was = kept.get(type);
    for (String method : methods) {
      String holder = was == null ? null : was.holder(method);
      if (holder != null) {
        throw new Refused(type.getName() + "." + method + " is patched by " + holder + " already");
      }
    }
  }

  private byte[] original(Class<?> type) {
    byte[] bytes = originals.of(type.getClassLoader(), type.getName());
    if (bytes == null) {
      throw new Refused("the class file of " + type.getName() + " is gone");
    }
    return bytes;
  }

  private static Class<?> load(String internalName, ClassLoader loader)
      throws ClassNotFoundException {
    Class<?> type = Class.forName(internalName.replace('/', '.'), false, loader);
    if (type.getClassLoader() != loader) {
      throw new Refused("the patch's classes belong to several class loaders");
    }
    return type;
  }

  private static Class<?> found(String internalName, ClassLoader loader) {
    try {
      return load(internalName, loader);
    } catch (ClassNotFoundException e) {
      throw new Refused(internalName.replace('/', '.') + " cannot be loaded");
    }
  }
}
