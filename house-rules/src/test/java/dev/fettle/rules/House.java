package dev.fettle.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The modules as they were built, and which of them may know which. Immutable. */
final class House {
  private static final Set<String> EVERYTHING =
      Set.of(
          "contract",
          "annotations",
          "wire",
          "vet",
          "agent-boot",
          "agent",
          "intake",
          "checkout",
          "source",
          "templates",
          "search",
          "llm",
          "engine",
          "lab",
          "sandbox",
          "delivery",
          "store",
          "server",
          "cli",
          "bench");

  /** Docs/architecture.md, "The rooms". A new module needs a line here. */
  static final Map<String, Set<String>> KNOWS = knows();

  private final Path root;
  private final Map<String, JavaClasses> classes = new LinkedHashMap<>();
  private final Map<String, String> moduleOf = new LinkedHashMap<>();

  private House(Path root) {
    this.root = root;
    for (String module : KNOWS.keySet()) {
      Path compiled = root.resolve(module).resolve("target/classes");
      if (Files.isDirectory(compiled)) {
        JavaClasses imported = new ClassFileImporter().importPath(compiled);
        classes.put(module, imported);
        imported.forEach(c -> moduleOf.put(c.getName(), module));
      }
    }
  }

  static House built() {
    return new House(Path.of(System.getProperty("fettle.root")));
  }

  Set<String> modules() {
    return classes.keySet();
  }

  List<JavaClass> classesOf(String module) {
    JavaClasses of = classes.get(module);
    return of == null ? List.of() : of.stream().toList();
  }

  List<JavaClass> allClasses() {
    return modules().stream().flatMap(m -> classesOf(m).stream()).toList();
  }

  Optional<String> moduleOf(String className) {
    return Optional.ofNullable(moduleOf.get(className));
  }

  /** Main sources of all modules, with their text. */
  List<Source> sources() throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String module : KNOWS.keySet()) {
      sources.addAll(sources(module, "src/main/java"));
    }
    return sources;
  }

  /** Test sources of all modules. */
  List<Source> tests() throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String module : KNOWS.keySet()) {
      sources.addAll(sources(module, "src/test/java"));
    }
    return sources;
  }

  private List<Source> sources(String module, String folder) throws IOException {
    Path top = root.resolve(module).resolve(folder);
    if (!Files.isDirectory(top)) {
      return List.of();
    }
    List<Source> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.add(new Source(module, name, Files.readAllLines(file)));
      }
    }
    return sources;
  }

  /** One file. */
  record Source(String module, String name, List<String> lines) {
    /** {@code module/Name}. */
    String display() {
      return module + "/" + name;
    }
  }

  private static Map<String, Set<String>> knows() {
    Map<String, Set<String>> knows = new LinkedHashMap<>();
    knows.put("contract", Set.of());
    knows.put("annotations", Set.of());
    knows.put("wire", Set.of());
    knows.put("vet", Set.of());
    knows.put("agent-boot", Set.of());
    knows.put("agent", Set.of("agent-boot", "wire", "vet", "annotations"));
    knows.put("intake", Set.of("contract", "wire"));
    knows.put("checkout", Set.of("contract"));
    knows.put("source", Set.of("contract"));
    knows.put("templates", Set.of("contract", "source"));
    knows.put("search", Set.of("contract", "source"));
    knows.put("llm", Set.of("contract", "source", "wire"));
    knows.put("engine", Set.of("contract"));
    knows.put("lab", Set.of());
    knows.put("sandbox", Set.of("contract", "lab"));
    knows.put("delivery", Set.of("contract"));
    knows.put("store", Set.of("contract"));
    knows.put("server", EVERYTHING);
    knows.put("cli", EVERYTHING);
    knows.put("bench", EVERYTHING);
    knows.put("testkit", Set.of("contract"));
    return knows;
  }
}
