package dev.fettle.delivery.change;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which files a delivery may touch: Java sources of the program and its tests, nothing that a build
 * or a CI server obeys. A list of what is allowed, so that a new kind of build file is refused
 * without being known here.
 */
public final class DeliverablePaths {
  /** Directories whose Java sources run as part of the build itself. */
  private static final Set<String> BUILD_CODE = Set.of("buildsrc", "build-logic", "build-src");

  private DeliverablePaths() {}

  /** The rule that forbids {@code path}, in words; empty when it may be delivered. */
  public static Optional<String> forbids(String path) {
    if (!path.endsWith(".java")) {
      return Optional.of(
          "only Java sources may change, no build, CI, script or resource file: "
              + Inert.line(path));
    }
    List<String> segments = List.of(path.split("/", -1));
    for (String segment : segments) {
      if (!plain(segment)) {
        return Optional.of("not a plain path inside the repository: " + Inert.line(path));
      }
      if (segment.startsWith(".")) {
        return Optional.of("nothing in a dot directory may change: " + Inert.line(path));
      }
      if (BUILD_CODE.contains(segment.toLowerCase(Locale.ROOT))) {
        return Optional.of("code that runs inside the build may not change: " + Inert.line(path));
      }
    }
    return Optional.empty();
  }

  private static boolean plain(String segment) {
    return !segment.isEmpty()
        && !segment.equals("..")
        && segment.indexOf('\\') < 0
        && segment.indexOf(':') < 0
        && segment.codePoints().noneMatch(c -> Character.isISOControl(c) || Inert.reorders(c));
  }
}
