package dev.fettle.cli.demo;

import dev.fettle.checkout.FolderTree;
import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.sandbox.build.Jdks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder a demonstration works in. The service's own folder is never written to.
 *
 * @param root holds {@code repo} (a git clone), {@code build} and {@code data}
 */
record Workspace(Path root) {
  private static final Duration GIT = Duration.ofMinutes(1);
  private static final Duration BUILD = Duration.ofMinutes(8);
  private static final Set<String> NOT_COPIED = Set.of(".git", ".idea");

  /** The copy that is built has no history to read a commit's id from. */
  private static final List<String> PACKAGE =
      List.of("-q", "-DskipTests", "-Dmaven.gitcommitid.skip", "package");

  private static final List<String> IDENTITY =
      List.of(
          "-c",
          "user.name=Fettle demo",
          "-c",
          "user.email=demo@localhost",
          "-c",
          "commit.gpgsign=false");

  /** A fresh workspace below the temporary directory. */
  static Workspace create() {
    try {
      return new Workspace(Files.createTempDirectory("fettle-demo-"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a workspace", e);
    }
  }

  Path repository() {
    return root.resolve("repo");
  }

  Path data() {
    return root.resolve("data");
  }

  /**
   * Clones a git checkout; a folder of a larger repository, or of none, becomes a repository of its
   * own.
   *
   * @return what of the folder is left out, for people
   * @throws CommandFailure when git cannot clone it, or what it holds is no Maven build
   */
  Optional<String> take(Path service) {
    Optional<String> leftOut = Optional.empty();
    if (Files.exists(service.resolve(".git"))) {
      checkCommit(service);
      leftOut = uncommitted(service);
      git(root, "clone", "--quiet", "--no-hardlinks", service.toString(), repository().toString());
    } else {
      copy(service, repository());
      git(repository(), "init", "--quiet", "--initial-branch=main");
      git(repository(), "add", "--all");
      git(repository(), "commit", "--quiet", "--message=The service as it is deployed");
    }
    if (!Files.isRegularFile(repository().resolve("pom.xml"))) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "no pom.xml in the latest commit of "
              + service
              + "; --app expects a Maven build of one Spring Boot application");
    }
    return leftOut;
  }

  private static void checkCommit(Path service) {
    Commands.Ended head =
        Commands.run(service, GIT, Map.of(), List.of("git", "rev-parse", "--verify", "HEAD"));
    if (!head.well()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          service
              + " is not a git checkout with a commit; --app expects one. git says: "
              + head.tail(1));
    }
  }

  private static Optional<String> uncommitted(Path service) {
    long changes = git(service, "status", "--porcelain", "--untracked-files=no").lines().count();
    return changes == 0
        ? Optional.empty()
        : Optional.of(
            changes + " uncommitted changes in " + service + " are left out: HEAD is what runs");
  }

  /** The clone's commit. */
  String revision() {
    return git(repository(), "rev-parse", "HEAD").strip();
  }

  /**
   * The JDK that builds and runs the service: {@code JAVA_HOME} where it is new enough, else the
   * lowest installed one that is.
   *
   * @throws CommandFailure naming the version wanted when there is none
   */
  Path jdk(@Nullable String javaHome) {
    int release = wantedRelease();
    if (javaHome != null && !javaHome.isBlank()) {
      Path own = Path.of(javaHome);
      if (Jdks.feature(own).orElse(0) >= release) {
        return own;
      }
    }
    Jdks installed = Jdks.installed();
    return installed
        .fitting(release)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "the service wants a JDK "
                        + release
                        + "; installed: "
                        + installed
                        + ". JAVA_HOME may name another"));
  }

  private int wantedRelease() {
    try {
      return Jdks.wantedBy(FolderTree.of(repository()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + repository(), e);
    }
  }

  /** Builds the executable jar in a copy of the clone and returns it. */
  Path buildJar(Path jdk) {
    Path build = root.resolve("build");
    copy(repository(), build);
    Commands.Ended built =
        Commands.run(
            build,
            BUILD,
            Map.of("JAVA_HOME", jdk.toString()),
            maven(build, PACKAGE.toArray(String[]::new)));
    if (!built.well()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the Maven build of the service fails (package, without tests):\n" + built.tail(20));
    }
    try (Stream<Path> files = Files.walk(build)) {
      List<Path> jars =
          files
              .filter(
                  p ->
                      p.toString().endsWith(".jar")
                          && p.getParent() != null
                          && p.getParent().endsWith("target"))
              .filter(Workspace::executable)
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      if (jars.size() != 1) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "expected the build to make exactly one executable Spring Boot jar, it made " + jars);
      }
      return jars.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for the built jar", e);
    }
  }

  /** Checks a branch out into a fresh folder, which {@code name} may not lead out of. */
  Path export(String branch, String name) {
    String safe =
        name.replaceAll("[^A-Za-z0-9-]", "_") + "-" + Integer.toHexString(name.hashCode());
    Path target = root.resolve("oracles").resolve(safe);
    git(repository(), "worktree", "add", "--quiet", "--detach", target.toString(), branch);
    return target;
  }

  /** Whether the branch exists in the clone. */
  boolean hasBranch(String branch) {
    return Commands.run(
            repository(),
            GIT,
            Map.of(),
            List.of("git", "rev-parse", "--verify", "--quiet", "refs/heads/" + branch))
        .well();
  }

  /**
   * A Maven command line: the project's wrapper, else Maven on the path, else Fettle's own wrapper.
   */
  static List<String> maven(Path project, String... arguments) {
    java.util.ArrayList<String> command = new java.util.ArrayList<>();
    if (Files.isRegularFile(project.resolve("mvnw"))) {
      command.addAll(List.of("sh", "./mvnw"));
    } else if (Commands.run(project, GIT, Map.of(), List.of("sh", "-c", "command -v mvn")).well()) {
      command.add("mvn");
    } else {
      command.addAll(List.of("sh", System.getProperty("fettle.home") + "/mvnw"));
    }
    command.add("-B");
    command.addAll(List.of(arguments));
    return command;
  }

  private static String git(Path directory, String... arguments) {
    java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(IDENTITY);
    command.addAll(List.of(arguments));
    return Commands.must(directory, GIT, Map.of(), command);
  }

  /** Lays {@code from} over {@code to}. */
  static void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                throws IOException {
              if (!dir.equals(from) && left(dir)) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              Files.createDirectories(to.resolve(from.relativize(dir).toString()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.copy(
                  file,
                  to.resolve(from.relativize(file).toString()),
                  StandardCopyOption.REPLACE_EXISTING,
                  StandardCopyOption.COPY_ATTRIBUTES);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
    }
  }

  /** A folder {@code target} is what a build made only beside its pom; else it is a package. */
  private static boolean left(Path folder) {
    String name = folder.getFileName().toString();
    return NOT_COPIED.contains(name)
        || name.equals("target") && Files.isRegularFile(folder.resolveSibling("pom.xml"));
  }

  private static boolean executable(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest() != null
          && file.getManifest().getMainAttributes().getValue("Start-Class") != null;
    } catch (IOException notAJar) {
      return false;
    }
  }
}
