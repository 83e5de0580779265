package dev.fettle.testkit;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDK of a wanted version on this machine, for tests that run on more than their own. */
public final class InstalledJdk {
  private static final List<String> FOLDERS =
      List.of("/usr/lib/jvm", "/opt/java", "/opt", ".sdkman/candidates/java", ".jdks");

  private InstalledJdk() {}

  /**
   * Looks at {@code JAVA_HOME_25} and its like (whatever follows the number), {@code JAVA_HOME} and
   * the JDK that runs, then where packages and tools put JDKs.
   *
   * @param feature such as 25
   */
  public static Optional<Path> of(int feature) {
    Path home = Path.of(System.getProperty("user.home", "/"));
    return find(
        feature,
        System.getenv(),
        Path.of(System.getProperty("java.home")),
        FOLDERS.stream().map(home::resolve).toList());
  }

  /** What a test says that is skipped without that JDK. */
  public static String absent(int feature) {
    return "SKIPPED: no JDK "
        + feature
        + " in JAVA_HOME_"
        + feature
        + ", /usr/lib/jvm, /opt, ~/.sdkman or ~/.jdks";
  }

  static Optional<Path> find(
      int feature, Map<String, String> environment, Path running, List<Path> folders) {
    List<Path> homes = new ArrayList<>();
    environment.entrySet().stream()
        .filter(e -> e.getKey().matches("JAVA_HOME(_" + feature + "(_.*)?)?"))
        .filter(e -> !e.getValue().isBlank())
        .sorted(Map.Entry.<String, String>comparingByKey().reversed())
        .forEach(e -> homes.add(Path.of(e.getValue())));
    homes.add(running);
    folders.forEach(f -> homes.addAll(children(f)));
    return homes.stream().filter(h -> feature(h) == feature).findFirst();
  }

  /** 0 for what is no JDK. */
  private static int feature(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isRegularFile(release)) {
      return 0;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      return 0;
    }
    String digits =
        properties.getProperty("JAVA_VERSION", "").replace("\"", "").replaceAll("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
