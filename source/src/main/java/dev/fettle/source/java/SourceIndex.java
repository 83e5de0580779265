package dev.fettle.source.java;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which file of a revision declares which class, and which files mention a name. Built from the
 * texts alone, never from a reported path. Immutable but for a cache of texts; thread-safe.
 */
public final class SourceIndex {
  private static final long CACHED_CHARS = 64_000_000;

  private final SourceTree tree;
  private final Map<String, String> main = new HashMap<>();
  private final Map<String, String> test = new HashMap<>();
  private final Map<String, List<String>> declared = new TreeMap<>();
  private final Set<String> tests = new LinkedHashSet<>();
  private final Map<String, String> foreign = new HashMap<>();
  private final Map<String, String> texts = new ConcurrentHashMap<>();

  private SourceIndex(SourceTree tree) {
    this.tree = tree;
  }

  /** Scans every source of the tree once. */
  static SourceIndex of(SourceTree tree, ProjectModel project) {
    SourceIndex index = new SourceIndex(tree);
    List<String> testRoots = testRoots(project);
    long chars = 0;
    for (String path : tree.paths()) {
      if (path.endsWith(".java")) {
        Optional<String> text = tree.text(path).filter(t -> t.length() <= Syntax.MAX_CHARS);
        if (text.isPresent()) {
          index.add(path, text.get(), testRoots);
          chars += text.get().length();
          if (chars <= CACHED_CHARS) {
            index.texts.put(path, text.get());
          }
        }
      } else if (path.matches(".*\\.(kt|kts|groovy|scala)")) {
        index.foreign.put(path.substring(path.lastIndexOf('/') + 1), path);
      }
    }
    return index;
  }

  private static List<String> testRoots(ProjectModel project) {
    List<String> roots = new ArrayList<>();
    for (ProjectModel.Module m : project.modules()) {
      for (Path p : m.testSources()) {
        if (p.startsWith(project.root())) {
          roots.add(project.root().relativize(p).toString().replace('\\', '/') + "/");
        }
      }
    }
    return roots;
  }

  private void add(String path, String text, List<String> testRoots) {
    boolean isTest =
        testRoots.stream().anyMatch(path::startsWith)
            || ("/" + path).matches(".*/src/\\w*[tT]est\\w*/.*");
    if (isTest) {
      tests.add(path);
    }
    List<String> names = DeclarationScan.types(text);
    declared.put(path, names);
    names.forEach(n -> (isTest ? test : main).putIfAbsent(n, path));
  }

  /**
   * The file that declares a class or, for anonymous, local and generated classes, the class around
   * it. Main sources win over tests.
   *
   * @param className binary name
   */
  public Optional<String> declaring(String className) {
    return declaring(main, className).or(() -> declaring(test, className));
  }

  private static Optional<String> declaring(Map<String, String> names, String className) {
    String name = className;
    while (true) {
      String path = names.get(name);
      if (path != null) {
        return Optional.of(path);
      }
      int cut = name.lastIndexOf('$');
      if (cut <= name.lastIndexOf('.') + 1) {
        return Optional.empty();
      }
      name = name.substring(0, cut);
    }
  }

  /** The Kotlin, Groovy or Scala file of that name, when the repository has one. */
  public Optional<String> foreign(String fileName) {
    return Optional.ofNullable(foreign.get(fileName));
  }

  /** Binary names of the types declared in a file, outermost first. */
  public List<String> types(String path) {
    return declared.getOrDefault(path, List.of());
  }

  /** Binary names of all declared types with that simple name, main sources only. */
  public List<String> named(String simpleName) {
    return main.keySet().stream()
        .filter(
            n ->
                n.endsWith("." + simpleName)
                    || n.endsWith("$" + simpleName)
                    || n.equals(simpleName))
        .sorted()
        .toList();
  }

  /** Whether a file is a test source. */
  public boolean isTest(String path) {
    return tests.contains(path);
  }

  /** Main Java sources, sorted. */
  public List<String> mainFiles() {
    return declared.keySet().stream().filter(p -> !tests.contains(p)).toList();
  }

  /** Test Java sources, sorted. */
  public Collection<String> testFiles() {
    return Collections.unmodifiableSet(tests);
  }

  /** The text of a file. */
  public Optional<String> text(String path) {
    String known = texts.get(path);
    return known != null ? Optional.of(known) : tree.text(path);
  }

  /** Main sources that mention an identifier, sorted; comments and strings count. */
  public List<String> mentioning(String identifier) {
    return mainFiles().stream()
        .filter(p -> text(p).filter(t -> mentions(t, identifier)).isPresent())
        .toList();
  }

  private static boolean mentions(String text, String identifier) {
    for (int at = text.indexOf(identifier); at >= 0; at = text.indexOf(identifier, at + 1)) {
      int end = at + identifier.length();
      boolean starts = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
      boolean ends = end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }
}
