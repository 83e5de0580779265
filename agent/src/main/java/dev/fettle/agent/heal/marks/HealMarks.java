package dev.fettle.agent.heal.marks;

import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.options.HealMode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
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
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Reads {@code @Healable}, {@code @NeverHeal} and {@code @Skill} from class files as they are about
 * to be woven, at load or after an attach. {@code @NeverHeal} wins wherever it stands; of several
 * {@code @Healable} the nearest to the statement counts. Thread-safe.
 */
public final class HealMarks {
  private static final byte[] SIGN = "Ldev/fettle/annotations/".getBytes(StandardCharsets.US_ASCII);
  private static final int SKILLS = 1_000;

  private final @Nullable HealMode told;
  private final Map<String, Mark> classes = new ConcurrentHashMap<>();
  private final Set<String> methods = ConcurrentHashMap.newKeySet();
  private final Map<String, Mark> packages = new ConcurrentHashMap<>();
  private final Map<String, Skill> skills = new ConcurrentHashMap<>();
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
    if (!holds(bytes, SIGN)) {
      return;
    }
    try {
      ClassNode node = new ClassNode();
      new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
      classes.put(className, Mark.of(node.invisibleAnnotations));
      node.methods.forEach(m -> skill(className, m, loader));
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
      if (!holds(bytes, SIGN)) {
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

  private void skill(String className, MethodNode method, ClassLoader loader) {
    if (method.invisibleAnnotations == null || (method.access & Opcodes.ACC_STATIC) == 0) {
      return;
    }
    for (AnnotationNode each : method.invisibleAnnotations) {
      if (each.desc.equals("Ldev/fettle/annotations/Skill;") && skills.size() < SKILLS) {
        String name = value(each, "value");
        if (!name.isBlank()) {
          Skill skill = new Skill(name, className, method.name, method.desc, value(each, "does"));
          if (skills.putIfAbsent(name, skill) == null) {
            loaders.put(name, new WeakReference<>(loader));
          }
        }
      }
    }
  }

  private static String value(AnnotationNode annotation, String name) {
    List<Object> values = annotation.values == null ? List.of() : annotation.values;
    for (int i = 0; i + 1 < values.size(); i += 2) {
      if (values.get(i).equals(name)) {
        return String.valueOf(values.get(i + 1));
      }
    }
    return "";
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
  public List<Skill> skills() {
    return new ArrayList<>(skills.values());
  }

  /** The registered method of that name. */
  public Optional<Skill> skill(String name) {
    return Optional.ofNullable(skills.get(name));
  }

  /**
   * Calls a registered method.
   *
   * @throws IllegalArgumentException when the arguments do not fit or its class is gone
   * @throws InvocationTargetException when it fails
   */
  public @Nullable Object call(Skill skill, @Nullable Object... arguments)
      throws InvocationTargetException {
    WeakReference<ClassLoader> loader = loaders.get(skill.name());
    try {
      Class<?> owner = Class.forName(skill.className(), true, loader == null ? null : loader.get());
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

  private static boolean holds(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      int at = 0;
      while (at < wanted.length && bytes[i + at] == wanted[at]) {
        at++;
      }
      if (at == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
