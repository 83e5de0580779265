package dev.fettle.cli.repair;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Test classes that failed in the user's own last build, as its reports say. Only a hint. */
final class SurefireHints {
  private static final long LARGEST = 8 << 20;

  private SurefireHints() {}

  static List<String> of(Path project) {
    try (Stream<Path> files = Files.find(project, 6, (p, a) -> isReport(p, a.isRegularFile()))) {
      return files.filter(SurefireHints::failed).map(SurefireHints::className).sorted().toList();
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return List.of();
    }
  }

  private static boolean isReport(Path path, boolean file) {
    Path parent = path.getParent();
    return file
        && parent != null
        && parent.endsWith("target/surefire-reports")
        && path.getFileName().toString().matches("TEST-.*\\.xml");
  }

  private static boolean failed(Path report) {
    try {
      String text =
          Files.size(report) > LARGEST ? "" : Files.readString(report, StandardCharsets.UTF_8);
      return text.contains("<failure") || text.contains("<error");
    } catch (IOException e) {
      return false;
    }
  }

  private static String className(Path report) {
    String name = report.getFileName().toString();
    return name.substring("TEST-".length(), name.length() - ".xml".length());
  }
}
