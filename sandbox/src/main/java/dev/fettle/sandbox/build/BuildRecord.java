package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what the event spy wrote: lines of {@code key TAB value}, a module per {@code module}. The
 * spy runs inside the build, so every line may be the build's own.
 */
final class BuildRecord {
  private static final long LIMIT = 64 << 20;

  private final List<Map<String, List<String>>> modules = new ArrayList<>();

  private BuildRecord() {}

  static BuildRecord read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("no description of the build: wanted a regular file " + file);
    }
    if (Files.size(file) > LIMIT) {
      throw new IOException("the build described itself in more than " + LIMIT + " bytes");
    }
    BuildRecord record = new BuildRecord();
    for (String line : Files.readAllLines(file)) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        record.add(line.substring(0, tab), unescape(line.substring(tab + 1)));
      }
    }
    return record;
  }

  private void add(String key, String value) {
    if (key.equals("module")) {
      modules.add(new HashMap<>());
    }
    if (!modules.isEmpty()) {
      modules.get(modules.size() - 1).computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }
  }

  boolean isEmpty() {
    return modules.isEmpty();
  }

  /** Whether a module's tests need the JUnit Platform and its launcher could not be had. */
  boolean lacksLauncher() {
    return modules.stream()
        .anyMatch(
            m -> {
              List<String> jars = new ArrayList<>(all(m, "test"));
              jars.addAll(all(m, "launcher"));
              return jars.stream().anyMatch(j -> j.contains("junit-platform-commons"))
                  && jars.stream().noneMatch(j -> j.contains("junit-platform-launcher"));
            });
  }

  /**
   * @param root of the built copy
   * @param bounds of the copy
   * @throws IOException when a module lies outside of them, or what it is compiled from
   */
  List<ProjectModel.Module> modules(Path root, Bounds bounds) throws IOException {
    List<ProjectModel.Module> described = new ArrayList<>();
    for (Map<String, List<String>> module : modules) {
      described.add(within(module(module, root), root, bounds));
    }
    return described;
  }

  private static ProjectModel.Module module(Map<String, List<String>> m, Path root)
      throws IOException {
    Path directory = Path.of(first(m, "basedir", root.toString())).normalize();
    if (!directory.startsWith(root)) {
      throw new IOException("a module lies outside the copy: " + directory);
    }
    Path mainOutput = Path.of(first(m, "mainOutput", directory + "/target/classes"));
    Path testOutput = Path.of(first(m, "testOutput", directory + "/target/test-classes"));
    List<Path> compile = new ArrayList<>(paths(m, "compile"));
    compile.remove(mainOutput);
    List<Path> test = new ArrayList<>(paths(m, "test"));
    test.remove(testOutput);
    test.addAll(paths(m, "additional"));
    test.addAll(paths(m, "launcher"));
    return new ProjectModel.Module(
        first(m, "module", ""),
        root.relativize(directory).toString(),
        paths(m, "mainSource").stream().filter(Files::isDirectory).toList(),
        paths(m, "testSource"),
        mainOutput,
        testOutput,
        compile,
        test,
        paths(m, "processor"),
        level(first(m, "release", "8")),
        all(m, "arg"),
        tests(m));
  }

  private static ProjectModel.Module within(ProjectModel.Module module, Path root, Bounds bounds)
      throws IOException {
    if (!bounds.holds(root.resolve(module.directory()))) {
      throw new IOException("a module lies outside the copy: " + module.directory());
    }
    List<Path> written = new ArrayList<>(List.of(module.mainOutput(), module.testOutput()));
    written.addAll(module.mainSources());
    written.addAll(module.testSources());
    for (Path path : written) {
      if (!path.normalize().startsWith(root) || Files.exists(path) && !bounds.holds(path)) {
        throw new IOException("sources or classes lie outside the copy: " + path);
      }
    }
    List<Path> libraries = new ArrayList<>(module.mainClasspath());
    libraries.addAll(module.testClasspath());
    libraries.addAll(module.processorPath());
    for (Path path : libraries) {
      if (Files.exists(path) && !bounds.shows(path)) {
        throw new IOException("a library lies outside the copy and the repositories: " + path);
      }
    }
    return module;
  }

  private static ProjectModel.TestSettings tests(Map<String, List<String>> m) {
    List<String> jvmArguments = new ArrayList<>(CommandLine.split(first(m, "argLine", "")));
    jvmArguments.addAll(all(m, "jvmArg"));
    return new ProjectModel.TestSettings(
        all(m, "include"),
        all(m, "exclude"),
        jvmArguments,
        all(m, "property"),
        all(m, "environment"),
        first(m, "groups", ""),
        first(m, "excludedGroups", ""),
        first(m, "workingDirectory", ""));
  }

  private static int level(String text) {
    String digits = text.startsWith("1.") ? text.substring(2) : text;
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 8;
  }

  private static List<String> all(Map<String, List<String>> m, String key) {
    return m.getOrDefault(key, List.of());
  }

  private static List<Path> paths(Map<String, List<String>> m, String key) {
    return all(m, key).stream().map(Path::of).toList();
  }

  private static String first(Map<String, List<String>> m, String key, String fallback) {
    List<String> values = all(m, key);
    return values.isEmpty() ? fallback : values.get(0);
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escaped) {
        plain.append(c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c);
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
