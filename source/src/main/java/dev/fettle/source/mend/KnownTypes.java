package dev.fettle.source.mend;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.source.java.JavaProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types and members that a project could name. Confined to one thread. */
final class KnownTypes {
  private static final Pattern IDENTIFIER = Pattern.compile("\\b[A-Za-z_$][\\w$]*\\b");
  private static final List<String> PACKAGES =
      List.of(
          "java.lang.",
          "java.util.",
          "java.util.function.",
          "java.util.stream.",
          "java.util.concurrent.",
          "java.util.concurrent.atomic.",
          "java.util.regex.",
          "java.io.",
          "java.nio.file.",
          "java.nio.charset.",
          "java.math.",
          "java.time.",
          "java.time.format.",
          "java.time.temporal.",
          "java.text.",
          "java.net.",
          "java.nio.",
          "java.lang.reflect.");

  private final JavaProject project;
  private final Map<String, List<String>> jars = new HashMap<>();
  private boolean read;

  KnownTypes(JavaProject project) {
    this.project = project;
  }

  /** Qualified names of types with that simple name: the project's, the JDK's, its libraries'. */
  List<String> named(String simple) {
    Set<String> names = new LinkedHashSet<>();
    project.index().named(simple).forEach(n -> names.add(n.replace('$', '.')));
    for (String name : PACKAGES) {
      jdk(name + simple).ifPresent(c -> names.add(name + simple));
    }
    names.addAll(libraries().getOrDefault(simple, List.of()));
    return List.copyOf(names);
  }

  /** Names of members of a type, by simple or qualified name; empty when it is not known. */
  Set<String> members(String type) {
    String plain = type.replaceAll("<.*", "").replaceAll("\\[]", "").strip();
    Set<String> members = new TreeSet<>();
    for (String name : plain.contains(".") ? List.of(plain) : named(plain)) {
      jdk(name)
          .ifPresent(
              c -> {
                for (var method : c.getMethods()) {
                  members.add(method.getName());
                }
                for (var field : c.getFields()) {
                  members.add(field.getName());
                }
              });
      project
          .index()
          .declaring(name)
          .flatMap(p -> project.index().text(p))
          .ifPresent(t -> members.addAll(identifiers(t)));
    }
    return members;
  }

  static Set<String> identifiers(String text) {
    Set<String> names = new TreeSet<>();
    Matcher m = IDENTIFIER.matcher(text);
    while (m.find()) {
      names.add(m.group());
    }
    return names;
  }

  private static Optional<Class<?>> jdk(String name) {
    if (!name.startsWith("java.")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  private Map<String, List<String>> libraries() {
    if (!read) {
      read = true;
      Set<Path> paths = new LinkedHashSet<>();
      for (ProjectModel.Module module : project.model().modules()) {
        paths.addAll(module.mainClasspath());
      }
      paths.stream().filter(Files::isRegularFile).limit(200).forEach(this::read);
    }
    return jars;
  }

  private void read(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(e -> e.getName())
          .filter(n -> n.endsWith(".class") && !n.contains("$") && !n.startsWith("META-INF"))
          .forEach(
              n -> {
                String name = n.substring(0, n.length() - ".class".length()).replace('/', '.');
                jars.computeIfAbsent(
                        name.substring(name.lastIndexOf('.') + 1), s -> new ArrayList<>())
                    .add(name);
              });
    } catch (IOException broken) {
      // The compiler will say so.
    }
  }
}
