package dev.fettle.agent.heal.marks;

import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.options.HealMode;
import dev.fettle.agent.weave.RawClass;
import dev.fettle.vet.SkillMethod;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * Reads {@code @Healable}, {@code @NeverHeal} and {@code @Skill} from class files as they are about
 * to be woven, at load or after an attach. {@code @NeverHeal} wins wherever it stands; of several
 * {@code @Healable} the nearest to the statement counts. Thread-safe.
 */
public final class HealMarks {
  private static final String SIGN = "Ldev/fettle/annotations/";
  private static final int SKILLS = 1_000;

  private final @Nullable HealMode told;
  private final Map<String, Mark> classes = new ConcurrentHashMap<>();
  private final Set<String> methods = ConcurrentHashMap.newKeySet();
  private final Map<String, Mark> packages = new ConcurrentHashMap<>();
  private final Map<String, SkillMethod> skills = new ConcurrentHashMap<>();
  private final Map<String, WeakReference<ClassLoader>> loaders = new ConcurrentHashMap<>();
  private final Map<ClassLoader, Boolean> applications =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param told what the process's options say for all classes; null when they say nothing: then
   *     only what is annotated is healed
   */
  public HealMarks(@Nullable HealMode told) {
    this.told = told;
  }

  /** Learns what a class says. Cheap for classes that say nothing. */
  public void learn(String className, byte[] bytes, ClassLoader loader) {
    applications.putIfAbsent(loader, true);
    int dot = className.lastIndexOf('.');
    String packageName = dot < 0 ? "" : className.substring(0, dot);
    if (!packages.containsKey(packageName)) {
      packages.put(packageName, readPackage(packageName, loader));
    }
    if (!new RawClass(bytes).holds(SIGN)) {
      return;
    }
    try {
      ClassNode node = new ClassNode();
      new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
      classes.put(className, Mark.of(node.invisibleAnnotations));
      SkillMethod.in(bytes).forEach(skill -> register(skill, loader));
      if (node.methods.stream().anyMatch(m -> Mark.of(m.invisibleAnnotations).rung() != null)) {
        methods.add(className);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      // the JVM will say so
    }
  }

  /** Learns what a class says that may not be loaded yet; run by a thread of the agent. */
  void look(String className) {
    if (classes.containsKey(className)) {
      return;
    }
    List<ClassLoader> known;
    synchronized (applications) {
      known = new ArrayList<>(applications.keySet());
    }
    for (ClassLoader loader : known) {
      String resource = className.replace('.', '/') + ".class";
      try (InputStream in = loader.getResourceAsStream(resource)) {
        if (in != null) {
          learn(className, in.readNBytes(1 << 20), loader);
        }
      } catch (IOException unreadable) {
        // then it has no skills
      }
    }
  }

  private static Mark readPackage(String name, ClassLoader loader) {
    String resource = name.replace('.', '/') + "/package-info.class";
    try (InputStream in = name.isEmpty() ? null : loader.getResourceAsStream(resource)) {
      byte[] bytes = in == null ? new byte[0] : in.readNBytes(64 << 10);
      if (!new RawClass(bytes).holds(SIGN)) {
        return Mark.NONE;
      }
      ClassNode node = new ClassNode();
      new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE);
      return Mark.of(node.invisibleAnnotations);
    } catch (IOException | RuntimeException unreadable) {
      // it may forbid it
      return Mark.NEVER;
    }
  }

  /** The first one of a name counts. */
  private void register(SkillMethod skill, ClassLoader loader) {
    boolean fits = skills.size() < SKILLS && !skill.name().isBlank();
    if (fits && skills.putIfAbsent(skill.name(), skill) == null) {
      loaders.put(skill.name(), new WeakReference<>(loader));
    }
  }

  /** Whether any statement of a class may be healed: to decide what is woven into it. */
  public boolean mayHeal(String className) {
    return modeOf(className).allows(HealMode.TYPED) || methods.contains(className);
  }

  /** How far healing may go in a class by its own, outer and package annotations. */
  public HealMode modeOf(String className) {
    return mode(ofClass(className));
  }

  /** How far healing may go at a place, before the server's rules. */
  public HealMode modeOf(SiteFacts site) {
    return mode(ofClass(site.className()).within(Mark.of(site.method().invisibleAnnotations)));
  }

  private HealMode mode(Mark mark) {
    if (mark.never()) {
      return HealMode.OBSERVE;
    }
    HealMode rung = mark.rung();
    if (told == null) {
      return rung == null ? HealMode.OBSERVE : rung;
    }
    return rung == null ? told : rung.min(told);
  }

  private Mark ofClass(String className) {
    int dot = className.lastIndexOf('.');
    Mark mark = packages.getOrDefault(dot < 0 ? "" : className.substring(0, dot), Mark.NONE);
    // an inner class is within its outer classes
    for (int dollar = className.indexOf('$', dot + 1);
        dollar > 0;
        dollar = className.indexOf('$', dollar + 1)) {
      mark = mark.within(classes.getOrDefault(className.substring(0, dollar), Mark.NONE));
    }
    return mark.within(classes.getOrDefault(className, Mark.NONE));
  }

  /** Registered methods of classes that were loaded, by name. */
  public List<SkillMethod> skills() {
    return new ArrayList<>(skills.values());
  }

  /** The registered method of that name. */
  public Optional<SkillMethod> skill(String name) {
    return Optional.ofNullable(skills.get(name));
  }

  /**
   * Calls a registered method.
   *
   * @throws IllegalArgumentException when the arguments do not fit or its class is gone
   * @throws InvocationTargetException when it fails
   */
  public @Nullable Object call(SkillMethod skill, @Nullable Object... arguments)
      throws InvocationTargetException {
    WeakReference<ClassLoader> loader = loaders.get(skill.name());
    try {
      String name = skill.owner().replace('/', '.');
      Class<?> owner = Class.forName(name, true, loader == null ? null : loader.get());
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getName().equals(skill.method())
            && Type.getMethodDescriptor(method).equals(skill.descriptor())) {
          method.setAccessible(true);
          return method.invoke(null, arguments);
        }
      }
      throw new IllegalArgumentException("no such skill any more: " + skill);
    } catch (ClassNotFoundException | IllegalAccessException | LinkageError e) {
      throw new IllegalArgumentException("the class of a skill cannot be used: " + skill, e);
    }
  }
}
