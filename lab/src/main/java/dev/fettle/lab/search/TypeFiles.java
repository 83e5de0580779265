package dev.fettle.lab.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFormatException;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.env.NameEnvironmentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The class files that a compilation sees, read once and kept. Types that the compiled units
 * declare themselves are hidden. Confined to one thread.
 */
final class TypeFiles implements INameEnvironment {
  private static final byte[] NONE = {};

  private final BatchCompiler.ClassBytes classPath;
  private final Set<String> packages;
  private final Map<String, NameEnvironmentAnswer> known = new HashMap<>();
  private final Set<String> missing = new HashSet<>();
  private final Map<String, byte[]> given = new HashMap<>();
  private final Map<String, Set<String>> declared = new HashMap<>();
  private Set<String> hidden = Set.of();

  /**
   * @param packages of the class path, the platform's left out
   */
  TypeFiles(BatchCompiler.ClassBytes classPath, Set<String> packages) {
    this.classPath = classPath;
    this.packages = new HashSet<>();
    ModuleLayer.boot().modules().forEach(m -> m.getPackages().forEach(p -> with(this.packages, p)));
    packages.forEach(p -> with(this.packages, p));
    with(this.packages, TypeFiles.class.getPackageName());
  }

  private static void with(Set<String> packages, String name) {
    for (String p = name; !p.isEmpty() && packages.add(p); ) {
      p = p.contains(".") ? p.substring(0, p.lastIndexOf('.')) : "";
    }
  }

  /** Lays compiled classes over the class path: what the units of {@code origins} declared. */
  void give(Map<String, byte[]> classes, Map<String, String> origins) {
    given.putAll(classes);
    classes.keySet().forEach(known::remove);
    missing.removeAll(classes.keySet());
    origins.forEach((name, path) -> declared.computeIfAbsent(path, p -> new HashSet<>()).add(name));
    for (String name : classes.keySet()) {
      int dot = name.lastIndexOf('.');
      with(packages, dot < 0 ? "" : name.substring(0, dot));
    }
  }

  void hide(List<BatchCompiler.Unit> units) {
    Set<String> names = new HashSet<>();
    units.forEach(u -> names.addAll(declared.getOrDefault(u.path(), Set.of())));
    hidden = names;
  }

  @Override
  public @Nullable NameEnvironmentAnswer findType(char[][] compoundTypeName) {
    return find(joined(compoundTypeName));
  }

  @Override
  public @Nullable NameEnvironmentAnswer findType(char[] typeName, char[][] packageName) {
    String qualifier = joined(packageName);
    String name = new String(typeName);
    return find(qualifier.isEmpty() ? name : qualifier + "." + name);
  }

  private @Nullable NameEnvironmentAnswer find(String name) {
    if (hidden.contains(name) || missing.contains(name)) {
      return null;
    }
    NameEnvironmentAnswer answer = known.get(name);
    if (answer != null) {
      return answer;
    }
    byte[] bytes = bytes(name);
    if (bytes.length == 0) {
      missing.add(name);
      return null;
    }
    try {
      answer =
          new NameEnvironmentAnswer(
              new ClassFileReader(bytes, (name.replace('.', '/') + ".class").toCharArray(), true),
              null);
    } catch (ClassFormatException e) {
      missing.add(name);
      return null;
    }
    known.put(name, answer);
    return answer;
  }

  private byte[] bytes(String name) {
    byte[] own = given.get(name);
    if (own != null) {
      return own;
    }
    int dot = name.lastIndexOf('.');
    if (dot >= 0 && !packages.contains(name.substring(0, dot))) {
      return NONE;
    }
    try {
      byte[] found = classPath.find(name);
      return found == null ? NONE : found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isPackage(char @Nullable [][] parent, char[] name) {
    String prefix = parent == null ? "" : joined(parent);
    return packages.contains(prefix.isEmpty() ? new String(name) : prefix + "." + new String(name));
  }

  @Override
  public void cleanup() {}

  private static String joined(char @Nullable [][] parts) {
    if (parts == null || parts.length == 0) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (char[] part : parts) {
      text.append(text.isEmpty() ? "" : ".").append(part);
    }
    return text.toString();
  }
}
