package dev.fettle.agent.options;

import dev.fettle.agent.weave.Weaver;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which classes are the application's: those of the named packages, or else those in its class
 * directories, those of packages that its repository declares, and those elsewhere that share the
 * start class's package prefix. Immutable.
 */
public final class ApplicationScope implements Weaver.Selection {
  private static final List<String> GENERATED =
      List.of("$$", "$Proxy", "$HibernateProxy$", "$MockitoMock$", "$ByteBuddy$", "_$$_", "/0x");

  private static final List<String> NEVER =
      List.of("java.", "jdk.", "sun.", "com.sun.", "dev.fettle.boot.", "dev.fettle.agent.");

  /** Where libraries go that were packed under the application's own package. */
  private static final List<String> PACKED =
      List.of(
          ".org.apache.",
          ".org.eclipse.",
          ".org.slf4j.",
          ".org.objectweb.",
          ".com.google.",
          ".com.fasterxml.",
          ".com.jayway.",
          ".io.netty.",
          ".jakarta.",
          ".javax.",
          ".kotlin.",
          ".shaded.",
          ".shadow.",
          ".relocated.",
          ".repackaged.");

  private final List<String> packages;
  private final List<String> declared;
  private final Optional<String> prefix;

  /**
   * @param packages takes these and nothing else; empty to find out
   * @param declared packages of the repository's sources
   */
  ApplicationScope(List<String> packages, List<String> declared, LaunchedApplication application) {
    this.packages = List.copyOf(packages);
    this.declared = List.copyOf(declared);
    this.prefix = application.ownPrefix();
  }

  @Override
  public boolean isApplication(
      @Nullable ClassLoader loader, String className, @Nullable ProtectionDomain domain) {
    if (loader == null
        || NEVER.stream().anyMatch(className::startsWith)
        || GENERATED.stream().anyMatch(className::contains)) {
      return false;
    }
    if (!packages.isEmpty()) {
      return packages.stream().anyMatch(p -> isIn(className, p));
    }
    CodeSource source = domain == null ? null : domain.getCodeSource();
    if (source == null || source.getLocation() == null) {
      // defined by a program: generated
      return false;
    }
    String place = source.getLocation().toString();
    return isClassDirectory(place)
        || declared.stream().anyMatch(p -> isIn(className, p))
        || prefix.filter(p -> isIn(className, p) && !isPacked(className, p)).isPresent();
  }

  private static boolean isIn(String className, String packageName) {
    return className.startsWith(packageName)
        && (className.length() == packageName.length()
            || className.charAt(packageName.length()) == '.');
  }

  private static boolean isPacked(String className, String prefix) {
    String rest = className.substring(prefix.length());
    return PACKED.stream().anyMatch(rest::contains);
  }

  private static boolean isClassDirectory(String place) {
    return place.contains("BOOT-INF/classes")
        || place.contains("WEB-INF/classes")
        || (place.startsWith("file:") && place.endsWith("/"));
  }

  /** For the banner. */
  public String describe() {
    if (!packages.isEmpty()) {
      return String.join(", ", packages);
    }
    String found = prefix.map(p -> p + ".* and class directories").orElse("class directories");
    return declared.isEmpty() ? found : found + ", packages of the repository";
  }
}
