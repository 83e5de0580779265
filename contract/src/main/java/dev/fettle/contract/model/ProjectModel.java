package dev.fettle.contract.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A project as its own build describes it, read from a built copy. All directories are absolute and
 * lie in that copy, never in the user's checkout, unless they are library jars.
 *
 * @param root the built copy
 * @param tool which build described it
 * @param javaHome the JDK that compiles and tests the project
 * @param modules in reactor order, at least one
 */
public record ProjectModel(Path root, BuildTool tool, Path javaHome, List<Module> modules) {

  /**
   * One module of Java 17 without a build, libraries or tests.
   *
   * @param output compiled classes
   */
  public static ProjectModel plain(Path root, List<Path> sources, Path output, Path javaHome) {
    Module module =
        new Module(
            "main",
            "",
            sources,
            List.of(),
            output,
            output.resolveSibling("test-classes"),
            List.of(),
            List.of(),
            List.of(),
            17,
            List.of(),
            TestSettings.defaults());
    return new ProjectModel(root, BuildTool.PLAIN, javaHome, List.of(module));
  }

  /** Build tools that can be read. */
  public enum BuildTool {
    MAVEN,
    GRADLE,
    PLAIN
  }

  /**
   * One module.
   *
   * @param directory relative to the root with {@code /}; empty for the root itself
   * @param mainSources absolute source roots, generated ones included
   * @param testSources absolute test source roots
   * @param mainOutput compiled main classes
   * @param testOutput compiled test classes
   * @param mainClasspath compile class path without {@code mainOutput}
   * @param testClasspath test run-time class path without {@code testOutput}, {@code mainOutput}
   *     and resources included as the build orders them
   * @param processorPath annotation processors; empty when javac looks on the class path
   * @param release language level, for example 17
   * @param compilerArguments further javac arguments for main sources
   * @param tests how the build runs tests
   */
  public record Module(
      String name,
      String directory,
      List<Path> mainSources,
      List<Path> testSources,
      Path mainOutput,
      Path testOutput,
      List<Path> mainClasspath,
      List<Path> testClasspath,
      List<Path> processorPath,
      int release,
      List<String> compilerArguments,
      TestSettings tests) {
    public Module {
      mainSources = List.copyOf(mainSources);
      testSources = List.copyOf(testSources);
      mainClasspath = List.copyOf(mainClasspath);
      testClasspath = List.copyOf(testClasspath);
      processorPath = List.copyOf(processorPath);
      compilerArguments = List.copyOf(compilerArguments);
    }

    /** The module's directory as a path prefix: empty, or ending in {@code /}. */
    public String prefix() {
      return directory.isEmpty() ? "" : directory + "/";
    }
  }

  /**
   * How a build runs its tests, as far as it changes what they see.
   *
   * @param includes class-file patterns such as {@code **}{@code /*Test.java}; empty for the tool's
   *     defaults
   * @param jvmArguments for the forked JVM
   * @param systemProperties {@code name=value}
   * @param environment {@code NAME=value}
   * @param groups included tag expression; empty for all
   * @param excludedGroups excluded tag expression; empty for none
   * @param workingDirectory of the forked JVM, absolute; empty for the module's own directory
   */
  public record TestSettings(
      List<String> includes,
      List<String> excludes,
      List<String> jvmArguments,
      List<String> systemProperties,
      List<String> environment,
      String groups,
      String excludedGroups,
      String workingDirectory) {
    public TestSettings {
      includes = List.copyOf(includes);
      excludes = List.copyOf(excludes);
      jvmArguments = List.copyOf(jvmArguments);
      systemProperties = List.copyOf(systemProperties);
      environment = List.copyOf(environment);
    }

    /** Those of tests that run in their module's directory. */
    public TestSettings(
        List<String> includes,
        List<String> excludes,
        List<String> jvmArguments,
        List<String> systemProperties,
        List<String> environment,
        String groups,
        String excludedGroups) {
      this(
          includes,
          excludes,
          jvmArguments,
          systemProperties,
          environment,
          groups,
          excludedGroups,
          "");
    }

    /** The tool's defaults. */
    public static TestSettings defaults() {
      return new TestSettings(List.of(), List.of(), List.of(), List.of(), List.of(), "", "");
    }
  }

  public ProjectModel {
    if (modules.isEmpty()) {
      throw new IllegalArgumentException("a project needs a module: " + root);
    }
    modules = List.copyOf(modules);
  }

  /** The module that owns {@code path} (relative to the tree's root): the longest prefix wins. */
  public Optional<Module> moduleOf(String path) {
    return modules.stream()
        .filter(m -> path.startsWith(m.prefix()))
        .max(java.util.Comparator.comparingInt(m -> m.prefix().length()));
  }
}
