package dev.fettle.agent.options;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM's command line and the application's jar say about it. Reads files only; loads
 * nothing.
 *
 * @param startClass binary name of the class that the developer wrote a {@code main} in; empty when
 *     unknown
 * @param name of the jar or class, for want of a service name
 * @param version as the jar's manifest or build information says
 * @param revision git commit, as {@code git.properties} says
 * @param configuredName {@code spring.application.name} of the packed {@code
 *     application.properties}
 */
public record LaunchedApplication(
    String startClass,
    String name,
    @Nullable String version,
    @Nullable String revision,
    @Nullable String configuredName) {

  /** Too many strangers live in these packages to take the first two segments for the owner's. */
  private static final Set<String> SHARED_ROOTS =
      Set.of(
          "org.springframework",
          "org.apache",
          "org.eclipse",
          "org.hibernate",
          "org.jboss",
          "com.google",
          "com.fasterxml",
          "com.sun",
          "com.microsoft",
          "com.amazonaws",
          "io.netty",
          "io.micrometer",
          "io.quarkus",
          "io.micronaut",
          "org.jetbrains",
          "com.github",
          "io.github",
          "com.gitlab",
          "io.gitlab",
          "software.amazon",
          "org.slf4j",
          "ch.qos");

  private static final String LAUNCHERS = "org.springframework.boot.loader.";

  private static final List<String> CLASS_ROOTS =
      List.of("BOOT-INF/classes/", "WEB-INF/classes/", "");

  /**
   * @param command {@code sun.java.command}: main class or jar, then arguments
   * @param classPath of the JVM
   */
  static LaunchedApplication of(String command, String classPath) {
    int blank = command.indexOf(" ");
    String main = blank < 0 ? command : command.substring(0, blank);
    Path jar = jarOf(command, main);
    if (jar == null && main.startsWith(LAUNCHERS)) {
      return launched(classPath);
    }
    if (jar == null) {
      String type = main.substring(main.indexOf('/') + 1);
      String simple = type.substring(type.lastIndexOf('.') + 1);
      return new LaunchedApplication(type, simple, null, null, null);
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      return of(file, nameOf(jar));
    } catch (IOException e) {
      // the JVM will say what is wrong with it
      return new LaunchedApplication("", nameOf(jar), null, null, null);
    }
  }

  /** What a launcher of Spring Boot starts from an unpacked archive, as its manifest says. */
  private static LaunchedApplication launched(String classPath) {
    Path root = Path.of(classPath.split(Pattern.quote(File.pathSeparator), 2)[0]);
    Path manifest = root.resolve("META-INF").resolve("MANIFEST.MF");
    String start = null;
    if (Files.isRegularFile(manifest)) {
      try (InputStream in = Files.newInputStream(manifest)) {
        start = new Manifest(in).getMainAttributes().getValue("Start-Class");
      } catch (IOException e) {
        start = null; // the launcher will say what is wrong with it
      }
    }
    String type = start == null ? "" : start;
    String simple = type.substring(type.lastIndexOf('.') + 1);
    return new LaunchedApplication(type, simple, null, null, null);
  }

  /** The jar of {@code -jar}; its path may hold blanks, which the command line does not quote. */
  private static @Nullable Path jarOf(String command, String main) {
    if (main.endsWith(".jar") || main.endsWith(".war")) {
      return Path.of(main);
    }
    for (String suffix : List.of(".jar", ".war")) {
      int end = command.indexOf(suffix);
      if (end > 0 && command.indexOf('/') >= 0) {
        Path path = Path.of(command.substring(0, end + suffix.length()));
        if (Files.isRegularFile(path)) {
          return path;
        }
      }
    }
    return null;
  }

  private static String nameOf(Path jar) {
    String file = String.valueOf(jar.getFileName());
    return file.substring(0, file.length() - 4).replaceFirst("-\\d+(\\.\\d+)*(-SNAPSHOT)?$", "");
  }

  private static LaunchedApplication of(JarFile jar, String name) throws IOException {
    Manifest manifest = jar.getManifest();
    Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
    String start = main.getValue("Start-Class");
    start = start == null ? main.getValue(Attributes.Name.MAIN_CLASS) : start;
    Properties build = properties(jar, "META-INF/build-info.properties");
    Properties git = properties(jar, "git.properties");
    Properties spring = properties(jar, "application.properties");
    String version = main.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    return new LaunchedApplication(
        start == null ? "" : start,
        name,
        build.getProperty("build.version", version),
        git.getProperty("git.commit.id.full", git.getProperty("git.commit.id")),
        spring.getProperty("spring.application.name"));
  }

  private static Properties properties(JarFile jar, String name) throws IOException {
    Properties properties = new Properties();
    for (String root : CLASS_ROOTS) {
      ZipEntry entry = jar.getEntry(root + name);
      if (entry != null) {
        try (InputStream in = jar.getInputStream(entry)) {
          properties.load(in);
        } catch (IllegalArgumentException e) {
          // a malformed escape: as if it were not there
          properties.clear();
        }
        return properties;
      }
    }
    return properties;
  }

  /** The package prefix that the application's own jars share; empty when it has none. */
  Optional<String> ownPrefix() {
    int last = startClass.lastIndexOf('.');
    if (last < 0) {
      return Optional.empty();
    }
    String packageName = startClass.substring(0, last);
    String[] segments = packageName.split("\\.");
    if (segments.length <= 2) {
      return SHARED_ROOTS.contains(packageName) ? Optional.empty() : Optional.of(packageName);
    }
    String two = segments[0] + "." + segments[1];
    if (!SHARED_ROOTS.contains(two)) {
      return Optional.of(two);
    }
    boolean hosted = segments[1].equals("github") || segments[1].equals("gitlab");
    return Optional.of(hosted ? two + "." + segments[2] : packageName);
  }
}
