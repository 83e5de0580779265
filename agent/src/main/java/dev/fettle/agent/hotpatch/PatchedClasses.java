package dev.fettle.agent.hotpatch;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes that patches changed, with their kept bytes. Confined to {@link HotPatcher}. */
final class PatchedClasses {
  private final Instrumentation instrumentation;
  private final OriginalBytes originals;

  // weak: an application that is taken down must be able to go
  private final Map<Class<?>, Kept> kept = new WeakHashMap<>();

  PatchedClasses(Instrumentation instrumentation, OriginalBytes originals) {
    this.instrumentation = instrumentation;
    this.originals = originals;
  }

  /**
   * A changed class.
   *
   * @param grafts bodies by patch and method, in the order in which the patches came
   */
  private record Kept(byte[] original, Map<String, Map<String, MethodNode>> grafts) {}

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
    Kept known = type == null ? null : kept.get(type);
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
        refuseOverlap(type, graft.getValue());
        grafts.put(type, graft.getValue());
      }
    }
    for (Map.Entry<ClassLoader, PatchPlan> plan : plans.entrySet()) {
      Class<?> host = load(plan.getValue().grafts().keySet().iterator().next(), plan.getKey());
      new Installation(instrumentation, name -> found(name, plan.getKey()))
          .install(plan.getValue(), host);
    }
    Map<Class<?>, Kept> next = new LinkedHashMap<>();
    for (Map.Entry<Class<?>, Map<String, MethodNode>> graft : grafts.entrySet()) {
      Kept was = kept.get(graft.getKey());
      byte[] original = was == null ? original(graft.getKey()) : was.original();
      Map<String, Map<String, MethodNode>> all =
          new LinkedHashMap<>(was == null ? Map.of() : was.grafts());
      all.put(patchId, graft.getValue());
      next.put(graft.getKey(), new Kept(original, all));
    }
    redefine(next);
    kept.putAll(next);
  }

  /** Makes the bodies of the patch go. */
  void remove(String patchId) throws ClassNotFoundException, UnmodifiableClassException {
    Map<Class<?>, Kept> next = new LinkedHashMap<>();
    kept.forEach(
        (type, was) -> {
          if (was.grafts().containsKey(patchId)) {
            Map<String, Map<String, MethodNode>> rest = new LinkedHashMap<>(was.grafts());
            rest.remove(patchId);
            next.put(type, new Kept(was.original(), rest));
          }
        });
    redefine(next);
    next.forEach(
        (type, now) -> {
          if (now.grafts().isEmpty()) {
            kept.remove(type);
          } else {
            kept.put(type, now);
          }
        });
  }

  private void redefine(Map<Class<?>, Kept> classes)
      throws ClassNotFoundException, UnmodifiableClassException {
    List<ClassDefinition> definitions = new ArrayList<>();
    classes.forEach((type, now) -> definitions.add(new ClassDefinition(type, bytes(now))));
    if (!definitions.isEmpty()) {
      instrumentation.redefineClasses(definitions.toArray(new ClassDefinition[0]));
    }
  }

  private static byte[] bytes(Kept now) {
    if (now.grafts().isEmpty()) {
      return now.original();
    }
    ClassNode node = PatchReader.parse(now.original());
    for (Map<String, MethodNode> graft : now.grafts().values()) {
      for (MethodNode target : node.methods) {
        MethodNode body = graft.get(target.name + target.desc);
        if (body != null) {
          PatchReader.graft(target, body);
        }
      }
    }
    ClassWriter writer = new ClassWriter(0);
    node.accept(writer);
    return writer.toByteArray();
  }

  private void refuseOverlap(Class<?> type, Map<String, MethodNode> graft) {
    Kept was = kept.get(type);
    if (was == null) {
      return;
    }
    was.grafts()
        .forEach(
            (patch, bodies) ->
                bodies.keySet().stream()
                    .filter(graft::containsKey)
                    .findFirst()
                    .ifPresent(
                        method -> {
                          throw new Refused(
                              type.getName()
                                  + "."
                                  + method
                                  + " is patched by "
                                  + patch
                                  + " already");
                        }));
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
