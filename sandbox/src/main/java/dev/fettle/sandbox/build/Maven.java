package dev.fettle.sandbox.build;

import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Room;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs Maven on a copy of a project: the one its wrapper names if that is here, else another. */
public final class Maven {
  private static final Pattern DISTRIBUTION =
      Pattern.compile("/([^/]+?)(-bin)?\\.(zip|tar\\.gz)\\s*$");
  private static final Pattern CORE = Pattern.compile("maven-core-(\\d{1,4})\\.(\\d{1,4})\\..*");
  private static final List<String> PASSED_ON =
      List.of("PATH", "USER", "LANG", "LC_ALL", "TZ", "http_proxy", "https_proxy", "no_proxy");

  private static final long PROPERTIES = 1 << 16;
  private static final Path NICE = Path.of("/usr/bin/nice");

  private final Children children;
  private final Path home;
  private final Map<String, String> outer;
  private final Fetched fetched;
  private final Path caches;
  private final Path own;

  /**
   * @param data where a repository for what confined builds fetch may be made
   */
  public Maven(Children children, Path data, Fetched fetched) {
    this(children, data, fetched, Path.of(System.getProperty("user.home", "/")), System.getenv());
  }

  Maven(Children children, Path data, Fetched fetched, Path home, Map<String, String> outer) {
    this(fetched, caches(data), "shared", children, home, outer);
  }

  private Maven(
      Fetched fetched,
      Path caches,
      String name,
      Children children,
      Path home,
      Map<String, String> outer) {
    this.fetched = fetched;
    this.children = children;
    this.caches = caches;
    this.own = caches.resolve(name);
    this.home = home;
    this.outer = Map.copyOf(outer);
  }

  /**
   * The same for the builds of one repository; apart, what they fetch, and what a hostile one
   * leaves there, no other repository's build sees.
   */
  Maven of(SourceTree tree) {
    return cachingIn(fetched.cacheOf(tree));
  }

  /** The same with a name for the repository's cache. */
  Maven cachingIn(String name) {
    return new Maven(fetched, caches, name, children, home, outer);
  }

  /** Where the jars lie that builds resolve: the user's repository and, below data, their own. */
  static List<Path> repositories(Path data) {
    return List.of(
        Path.of(System.getProperty("user.home", "/"), ".m2", "repository"), caches(data));
  }

  private static Path caches(Path data) {
    return data.toAbsolutePath().normalize().resolve("m2");
  }

  /**
   * Runs it in a project's directory.
   *
   * @param whole the copy, which the build may write
   * @param readable what else it may read
   */
  public Children.Ended run(
      Path directory,
      Path whole,
      Path jdk,
      boolean offline,
      List<String> arguments,
      List<Path> readable,
      Duration timeout)
      throws IOException {
    return run(directory, whole, jdk, offline, arguments, readable, timeout, List.of());
  }

  /** The same with the lowest priority, where the system has one: repairs under way go first. */
  Children.Ended runBehind(
      Path directory,
      Path whole,
      Path jdk,
      boolean offline,
      List<String> arguments,
      List<Path> readable,
      Duration timeout)
      throws IOException {
    List<String> prefix =
        Files.isExecutable(NICE) ? List.of(NICE.toString(), "-n", "19") : List.of();
    return run(directory, whole, jdk, offline, arguments, readable, timeout, prefix);
  }

  private Children.Ended run(
      Path directory,
      Path whole,
      Path jdk,
      boolean offline,
      List<String> arguments,
      List<Path> readable,
      Duration timeout,
      List<String> prefix)
      throws IOException {
    List<String> launcher =
        launcher(directory)
            .orElseThrow(() -> new IOException("no Maven: wanted a wrapper or mvn on the PATH"));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(launcher);
    command.addAll(List.of("-B", "-Dstyle.color=never"));
    if (offline) {
      command.add("-o");
    }
    command.addAll(arguments);
    List<Path> seen = new ArrayList<>(readable);
    seen.addAll(List.of(jdk, shared(), home.resolve(".m2/wrapper"), Path.of(launcher.get(0))));
    List<Path> written = new ArrayList<>(List.of(whole));
    if (children.confinement().isolates()) {
      command.addAll(repository(offline, written));
    }
    return children.execute(
        new Room(command, directory, seen, written, !offline, environment(jdk)), timeout);
  }

  /**
   * Confined, a build reads the user's repository and never writes it; what it fetches goes to a
   * repository of its own, where Maven 3.9 and later look in both.
   */
  private List<String> repository(boolean offline, List<Path> written) throws IOException {
    if (offline) {
      return List.of("-Dmaven.repo.local=" + shared());
    }
    Files.createDirectories(own);
    BuildCache.used(own);
    new BuildCache(caches).prune();
    written.add(own);
    return List.of("-Dmaven.repo.local=" + own, "-Dmaven.repo.local.tail=" + shared());
  }

  private Path shared() {
    return home.resolve(".m2/repository");
  }

  private Map<String, String> environment(Path jdk) {
    Map<String, String> environment = new HashMap<>();
    environment.put("LANG", "C.UTF-8"); // else a JDK 17 without it reads and writes US-ASCII
    for (String name : PASSED_ON) {
      if (outer.containsKey(name)) {
        environment.put(name, outer.get(name));
      }
    }
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("HOME", home.toString());
    // Builds of copies are short: half the CPU time of what the defaults take.
    environment.put("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    environment.merge("PATH", "/usr/bin:/bin", (path, none) -> jdk.resolve("bin") + ":" + path);
    return environment;
  }

  /** The command that starts Maven; empty when there is none. */
  Optional<List<String>> launcher(Path directory) throws IOException {
    Optional<List<String>> wrapped =
        unpackedDistribution(directory).map(m -> List.of(m.toString()));
    if (wrapped.isPresent()) {
      return wrapped;
    }
    Optional<Path> onPath = onPath();
    Optional<Path> any = onPath.filter(Maven::looksInTwoRepositories);
    any = any.isPresent() ? any : anyDistribution();
    any = any.isPresent() ? any : onPath;
    if (any.isPresent()) {
      return any.map(m -> List.of(m.toString()));
    }
    if (Files.isRegularFile(directory.resolve("mvnw"))) {
      return Optional.of(List.of("/bin/sh", directory.resolve("mvnw").toString()));
    }
    return Optional.empty();
  }

  /** Whether it is Maven 3.9 or later, as the name of its core says; an older one fetches anew. */
  private static boolean looksInTwoRepositories(Path mvn) {
    try (Stream<Path> jars = Files.list(mvn.toRealPath().resolve("../../lib").normalize())) {
      return jars.map(jar -> CORE.matcher(jar.getFileName().toString()))
          .filter(Matcher::matches)
          .anyMatch(
              core ->
                  Integer.parseInt(core.group(1)) > 3
                      || (core.group(1).equals("3") && Integer.parseInt(core.group(2)) >= 9));
    } catch (IOException e) {
      return false;
    }
  }

  /** What the wrapper would start, when it was unpacked before. */
  private Optional<Path> unpackedDistribution(Path directory) throws IOException {
    Path properties = directory.resolve(".mvn/wrapper/maven-wrapper.properties");
    if (!Files.isRegularFile(properties, LinkOption.NOFOLLOW_LINKS)
        || Files.size(properties) > PROPERTIES) {
      return Optional.empty();
    }
    for (String line : Files.readAllLines(properties)) {
      Matcher name = DISTRIBUTION.matcher(line);
      if (line.startsWith("distributionUrl") && name.find()) {
        return launcherBelow(home.resolve(".m2/wrapper/dists").resolve(name.group(1)))
            .or(
                () ->
                    launcherBelow(
                        home.resolve(".m2/wrapper/dists").resolve(name.group(1) + "-bin")));
      }
    }
    return Optional.empty();
  }

  private Optional<Path> anyDistribution() {
    return launcherBelow(home.resolve(".m2/wrapper/dists"));
  }

  private static Optional<Path> launcherBelow(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory, 5)) {
      return files
          .filter(f -> f.endsWith("bin/mvn") && Files.isRegularFile(f))
          .max(java.util.Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Path> onPath() {
    String path = outer.getOrDefault("PATH", "");
    for (String directory : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory.isEmpty() ? "." : directory, "mvn");
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
