package dev.fettle.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which packages the sources of a checkout declare: what runs of them is the application. */
public final class DeclaredPackages {
  private static final int FILES = 20_000;
  private static final int PACKAGES = 200;
  private static final int LINES = 200;
  private static final Set<String> BUILT = Set.of("target", "build", "out");
  private static final Set<String> TESTS = Set.of("test", "tests", "testFixtures", "it");
  private static final Pattern SOURCE = Pattern.compile(".*\\.(java|kt|groovy|scala)");
  private static final Pattern DECLARATION =
      Pattern.compile("\\s*package\\s+([A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)+)\\s*;?.*");

  private DeclaredPackages() {}

  /**
   * The topmost packages, sorted; those below them are meant too. Packages of a single name are
   * left out: too much could be below them.
   */
  public static List<String> of(Path checkout) throws IOException {
    Set<String> declared = new TreeSet<>();
    Files.walkFileTree(checkout, visitor(checkout, declared));
    List<String> topmost =
        declared.stream().filter(p -> declared.stream().noneMatch(o -> isBelow(p, o))).toList();
    return topmost.subList(0, Math.min(PACKAGES, topmost.size()));
  }

  private static boolean isBelow(String packageName, String other) {
    return packageName.startsWith(other + ".");
  }

  private static FileVisitor<Path> visitor(Path checkout, Set<String> declared) {
    return new SimpleFileVisitor<>() {
      private int files;

      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return isLeftOut(names(checkout.relativize(folder)))
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && SOURCE.matcher(file.toString()).matches()) {
          List<String> folders = names(checkout.relativize(file.getParent()));
          declaredIn(file)
              .filter(p -> root(folders, p).stream().noneMatch(DeclaredPackages::isNoMainRoot))
              .ifPresent(declared::add);
          return ++files < FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException unreadable) {
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private static List<String> names(Path relative) {
    List<String> names = new ArrayList<>();
    relative.forEach(name -> names.add(name.toString()));
    names.removeIf(String::isEmpty);
    return names;
  }

  /**
   * Whether nothing below declares what is the application's. Below {@code src} a folder may be
   * named like an output and be a package.
   */
  private static boolean isLeftOut(List<String> folders) {
    if (folders.isEmpty()) {
      return false;
    }
    String name = folders.get(folders.size() - 1);
    List<String> above = folders.subList(0, folders.size() - 1);
    boolean inSources = above.contains("src");
    boolean ofTests = inSources && above.get(above.size() - 1).equals("src");
    return name.startsWith(".")
        || name.equals("node_modules")
        || (BUILT.contains(name) && !inSources)
        || (TESTS.contains(name) && ofTests);
  }

  private static boolean isNoMainRoot(String name) {
    return BUILT.contains(name) || TESTS.contains(name);
  }

  /** The folders above those that stand for the package, as many of these as there are. */
  private static List<String> root(List<String> folders, String packageName) {
    List<String> names = List.of(packageName.split("\\.", -1));
    int most = Math.min(folders.size(), names.size());
    for (int k = most; k > 0; k--) {
      List<String> last = folders.subList(folders.size() - k, folders.size());
      if (last.equals(names.subList(names.size() - k, names.size()))) {
        return folders.subList(0, folders.size() - k);
      }
    }
    return folders;
  }

  /** Empty also for a file that cannot be read. */
  static Optional<String> declaredIn(Path file) {
    // a decoder that replaces: sources may have any encoding, package names are ASCII mostly
    try (BufferedReader in =
        new BufferedReader(
            new java.io.InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (int i = 0; i < LINES; i++) {
        String line = in.readLine();
        if (line == null) {
          return Optional.empty();
        }
        Matcher declaration = DECLARATION.matcher(line);
        if (line.length() < 500 && declaration.matches()) {
          return Optional.of(declaration.group(1));
        }
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
