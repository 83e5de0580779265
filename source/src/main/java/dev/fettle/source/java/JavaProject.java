package dev.fettle.source.java;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One revision's Java sources with the class path of its build. Thread-safe. */
public final class JavaProject {
  private final SourceTree tree;
  private final ProjectModel model;
  private final SourceIndex index;
  private final Map<String, CompiledClasses> paths = new ConcurrentHashMap<>();

  private JavaProject(SourceTree tree, ProjectModel model) {
    this.tree = tree;
    this.model = model;
    this.index = SourceIndex.of(tree, model);
  }

  static JavaProject of(SourceTree tree, ProjectModel model) {
    return new JavaProject(tree, model);
  }

  /** The revision. */
  public SourceTree tree() {
    return tree;
  }

  /** Its build. */
  public ProjectModel model() {
    return model;
  }

  /** Which file declares what. */
  public SourceIndex index() {
    return index;
  }

  /**
   * Opens a file with every method body typed.
   *
   * @return empty when the tree has no such file, or it is not Java, too large or unreadable
   */
  public Optional<JavaFile> file(String path) {
    return file(path, Focus.everything());
  }

  /** Opens a file; bodies outside the focus are blank to keep the opening fast. */
  public Optional<JavaFile> file(String path, Focus focus) {
    if (!path.endsWith(".java")) {
      return Optional.empty();
    }
    return index.text(path).flatMap(text -> file(path, text, focus));
  }

  /** Opens a file as if it had the given text, for example after a patch. */
  public Optional<JavaFile> file(String path, String text, Focus focus) {
    return Optional.ofNullable(
        JavaFile.open(this, Map.of(path, new JavaFile.Draft(text, focus)), classes(path))
            .get(path));
  }

  /** Opens several files at the price of little more than one; unreadable ones are left out. */
  public Map<String, JavaFile> files(Map<String, Focus> wanted) {
    Map<CompiledClasses, Map<String, JavaFile.Draft>> byModule = new LinkedHashMap<>();
    wanted.forEach(
        (path, focus) ->
            index
                .text(path)
                .filter(t -> path.endsWith(".java"))
                .ifPresent(
                    t ->
                        byModule
                            .computeIfAbsent(classes(path), c -> new LinkedHashMap<>())
                            .put(path, new JavaFile.Draft(t, focus))));
    Map<String, JavaFile> files = new LinkedHashMap<>();
    byModule.forEach((classes, drafts) -> files.putAll(JavaFile.open(this, drafts, classes)));
    return files;
  }

  /** Parses a file without types: some ten times faster than opening it. */
  public Optional<JavaFile> parsed(String path) {
    return index
        .text(path)
        .filter(t -> path.endsWith(".java"))
        .flatMap(t -> JavaFile.parsed(this, path, t, classes(path)));
  }

  /** Parses a file as if it had the given text, for example after a patch. */
  public Optional<JavaFile> parsed(String path, String text) {
    return path.endsWith(".java")
        ? JavaFile.parsed(this, path, text, classes(path))
        : Optional.empty();
  }

  /** Opens the file that declares a class, by binary name. Main sources win over tests. */
  public Optional<JavaFile> fileOf(String className, Focus focus) {
    return index.declaring(className).flatMap(path -> file(path, focus));
  }

  /**
   * The lines that a method's class file has code for, as built.
   *
   * @param descriptor empty for all methods of the name
   * @return empty when the class was not built, has no such method or no line numbers
   */
  public Set<Integer> lines(String className, String method, String descriptor) {
    return index
        .declaring(className)
        .flatMap(path -> classes(path).own(className))
        .map(bytes -> CodeLines.of(bytes, method, descriptor))
        .orElse(Set.of());
  }

  /** The class files that the sources of a file's module see, its own first. */
  CompiledClasses classes(String path) {
    ProjectModel.Module module = model.moduleOf(path).orElseGet(() -> model.modules().get(0));
    boolean test = index.isTest(path);
    return paths.computeIfAbsent(
        module.directory() + (test ? ":test" : ":main"),
        key -> new CompiledClasses(classPath(module, test)));
  }

  private List<Path> classPath(ProjectModel.Module module, boolean test) {
    Set<Path> path = new LinkedHashSet<>();
    if (test) {
      path.add(module.testOutput());
    }
    path.add(module.mainOutput());
    path.addAll(test ? module.testClasspath() : module.mainClasspath());
    model.modules().forEach(m -> path.add(m.mainOutput()));
    List<Path> present = new ArrayList<>(path);
    present.removeIf(p -> !Files.exists(p));
    return present;
  }
}
