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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which packages the sources of a checkout declare: what runs of them is the application. */
public final class DeclaredPackages {
  private static final int FILES = 20_000;
  private static final int PACKAGES = 200;
  private static final int LINES = 200;
  private static final Set<String> SKIPPED =
      Set.of("target", "build", "out", "node_modules", "test", "tests", "testFixtures", "it");
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
        String name = String.valueOf(folder.getFileName());
        boolean skipped = SKIPPED.contains(name) || name.startsWith(".");
        return skipped && !folder.equals(checkout)
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        if (attributes.isRegularFile() && SOURCE.matcher(file.toString()).matches()) {
          declaredIn(file).ifPresent(declared::add);
          return ++files < FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private static Optional<String> declaredIn(Path file) throws IOException {
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
    }
    return Optional.empty();
  }
}
