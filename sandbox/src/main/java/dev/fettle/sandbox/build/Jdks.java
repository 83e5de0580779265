package dev.fettle.sandbox.build;

import dev.fettle.contract.spi.SourceTree;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine. Immutable. */
public final class Jdks {
  /** The laboratory's own class files need this. */
  static final int LEAST = 17;

  private static final Set<Integer> LONG_TERM = Set.of(8, 11, 17, 21, 25, 29);

  private final Map<Integer, Path> byFeature;

  Jdks(Map<Integer, Path> byFeature) {
    this.byFeature = Map.copyOf(byFeature);
  }

  /** Looks where JDKs are usually installed. */
  public static Jdks installed() {
    Path home = Path.of(System.getProperty("user.home", "/"));
    List<Path> candidates = new ArrayList<>();
    Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(candidates::add);
    candidates.add(Path.of(System.getProperty("java.home")));
    for (Path parent :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of("/opt"),
            home.resolve(".sdkman/candidates/java"),
            home.resolve(".jdks"))) {
      candidates.addAll(children(parent));
    }
    Map<Integer, Path> found = new TreeMap<>();
    for (Path candidate : candidates) {
      feature(candidate).ifPresent(f -> found.putIfAbsent(f, candidate));
    }
    return new Jdks(found);
  }

  /** The release that a tree's Maven build names, at its highest; 17 where it names none. */
  public static int wantedBy(SourceTree tree) {
    return MavenProjectReader.wantedRelease(tree);
  }

  /** The lowest one that compiles {@code release}, long-term ones first. */
  public Optional<Path> fitting(int release) {
    int least = Math.max(release, LEAST);
    return byFeature.keySet().stream()
        .filter(f -> f >= least)
        .min(
            Comparator.<Integer, Boolean>comparing(f -> !LONG_TERM.contains(f))
                .thenComparing(f -> f))
        .map(byFeature::get);
  }

  /** The feature version of a JDK; empty when the directory holds none. */
  public static Optional<Integer> feature(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isRegularFile(release)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    String number = version.startsWith("1.") ? version.substring(2) : version;
    String digits = number.replaceAll("\\D.*", "");
    return digits.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(digits));
  }

  /** For people: {@code 17, 25}. */
  @Override
  public String toString() {
    return byFeature.isEmpty()
        ? "none"
        : String.join(", ", byFeature.keySet().stream().sorted().map(String::valueOf).toList());
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
