package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.lab.protocol.Message;
import dev.fettle.sandbox.build.Bounds;
import dev.fettle.sandbox.build.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the build's settings for a module become those of a laboratory child. */
final class WorkerSettings {
  private static final Set<String> WITH_VALUE =
      Set.of("-d", "-s", "-h", "-sourcepath", "--source-path", "-cp", "-classpath", "--class-path");

  private final ProjectModel project;
  private final ProjectModel.Module module;

  WorkerSettings(ProjectModel project, ProjectModel.Module module) {
    this.project = project;
    this.module = module;
  }

  /** Directories of the test class path: these change with every job. */
  List<Path> applicationDirectories() {
    Set<Path> directories = new LinkedHashSet<>();
    directories.add(module.testOutput());
    if (!module.testClasspath().contains(module.mainOutput())) {
      directories.add(module.mainOutput());
    }
    module.testClasspath().stream().filter(p -> !isJar(p)).forEach(directories::add);
    return List.copyOf(directories);
  }

  /** Jars of the test class path: these stay loaded. */
  List<Path> libraries() {
    return module.testClasspath().stream().filter(WorkerSettings::isJar).toList();
  }

  private static boolean isJar(Path path) {
    return path.toString().endsWith(".jar") || Files.isRegularFile(path);
  }

  Message.Setup setup() {
    Set<Path> mains = new HashSet<>();
    project.modules().forEach(m -> mains.add(m.mainOutput()));
    List<Path> directories = applicationDirectories();
    List<Path> testPath = new ArrayList<>(directories);
    testPath.addAll(libraries());
    List<String> properties = new ArrayList<>(module.tests().systemProperties());
    properties.add("basedir=" + directory());
    properties.add("java.class.path=" + String.join(":", texts(testPath)));
    return new Message.Setup(
        texts(directories),
        texts(directories.stream().filter(mains::contains).toList()),
        module.mainOutput().toString(),
        texts(module.mainClasspath()),
        texts(testPath),
        texts(module.processorPath()),
        javacArguments(),
        tags(module.tests().groups()),
        tags(module.tests().excludedGroups()),
        properties);
  }

  Path directory() {
    return project.root().resolve(module.directory());
  }

  /**
   * Where the build runs the tests: a directory of the copy that the build may name, and Surefire
   * makes when it is missing; the module's own where it names none or one elsewhere.
   */
  Path workingDirectory() {
    String named = module.tests().workingDirectory();
    if (named.isBlank()) {
      return directory();
    }
    try {
      Path wanted = directory().resolve(named).normalize();
      Bounds copy = new Bounds(project.root(), List.of());
      @Nullable Path there = wanted;
      while (there != null
          && there.startsWith(project.root())
          && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
        there = there.getParent();
      }
      if (there == null || !copy.holds(there)) { // also what a link of the build leads to
        return directory();
      }
      return Files.createDirectories(wanted);
    } catch (IOException | InvalidPathException e) {
      return directory(); // what cannot be made is no place to run in
    }
  }

  /** The build's flags, without what only reports, and without paths that the child sets. */
  private List<String> javacArguments() {
    List<String> given = module.compilerArguments();
    List<String> arguments = new ArrayList<>();
    int jdk = Jdks.feature(project.javaHome()).orElse(module.release());
    if (!given.contains("-source") && !given.contains("--release")) {
      String release = Integer.toString(module.release());
      if (jdk == module.release()) {
        arguments.addAll(List.of("-source", release, "-target", release));
      } else {
        arguments.addAll(List.of("--release", release));
      }
    }
    boolean value = false;
    for (String argument : given) {
      if (!value && !WITH_VALUE.contains(argument) && !onlyReports(argument)) {
        arguments.add(argument);
      }
      value = WITH_VALUE.contains(argument);
    }
    arguments.addAll(List.of("-nowarn", "-implicit:none"));
    return arguments;
  }

  private static boolean onlyReports(String argument) {
    return argument.startsWith("-Xlint")
        || argument.startsWith("-Xdoclint")
        || argument.startsWith("-Xplugin")
        || argument.startsWith("-Xep")
        || argument.startsWith("-Xmax")
        || argument.startsWith("-J")
        || argument.startsWith("-verbose")
        || argument.equals("-Werror")
        || argument.equals("-deprecation");
  }

  private static List<String> tags(String expression) {
    return Stream.of(expression.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  /** Arguments of the child's JVM, without agents that measure the build. */
  List<String> jvmArguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-XX:+EnableDynamicAgentLoading",
            "-Djdk.attach.allowAttachSelf=true",
            "-XX:+IgnoreUnrecognizedVMOptions", // an older JDK's, in an argLine
            "-Dfile.encoding=UTF-8"));
    for (String part :
        List.of(
            "api",
            "code",
            "comp",
            "file",
            "jvm",
            "main",
            "model",
            "parser",
            "processing",
            "tree",
            "util")) {
      arguments.add("--add-opens=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    if (module.tests().jvmArguments().stream().noneMatch(a -> a.startsWith("-Xmx"))) {
      arguments.add("-Xmx1g");
    }
    module.tests().jvmArguments().stream()
        .filter(a -> !a.contains("jacoco") && !a.startsWith("-agentlib:jdwp"))
        .filter(a -> !a.startsWith("-Xdebug") && !a.startsWith("-Xrunjdwp"))
        .filter(a -> !a.matches("-XX:[+-]Use\\w*GC")) // a JVM takes one collector
        .forEach(arguments::add);
    return arguments;
  }

  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", project.javaHome().resolve("bin") + ":/usr/bin:/bin");
    environment.put("JAVA_HOME", project.javaHome().toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", directory().toString());
    for (String pair : module.tests().environment()) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        environment.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return environment;
  }

  private static List<String> texts(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }
}
