package dev.fettle.cli.repair;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a stack trace as people paste it: cut, indented, inside of a log. */
final class StackTrace {
  private static final int FRAMES = 2_000;
  private static final int CAUSES = 30;

  /** What follows in a line is no part of a frame, and patterns take long over it. */
  private static final int LONGEST = 2_000;

  private static final Pattern HEAD =
      Pattern.compile(
          "(?:.*?\\bCaused by: |.*?Exception in thread \"[^\"]*\" |.*?\\s|)"
              + "((?:[a-zA-Z_$][\\w$]*\\.)+[A-Z_$a-z][\\w$]*)(?::\\s?(.*))?");
  private static final Pattern FRAME =
      Pattern.compile(
          "\\s*at (?:[\\w.@$-]*/+)*((?:[\\p{L}_$][\\p{L}\\p{N}_$]*\\.)+)([\\p{L}\\p{N}_$<>]+)"
              + "\\(([^():]*)(?::(\\d{1,9}))?\\)?.*");

  private StackTrace() {}

  private static final class Part {
    private final String type;
    private final @Nullable String message;
    private final List<CapturedFrame> frames = new ArrayList<>();

    Part(String type, @Nullable String message) {
      this.type = type;
      this.message = message;
    }
  }

  /**
   * Reads the first exception and its causes.
   *
   * @param application whether a class of that name is the project's own
   * @return empty when there is no exception with a frame
   */
  static Optional<CapturedException> parse(String text, Predicate<String> application) {
    List<Part> parts = new ArrayList<>();
    String candidate = "";
    for (String whole : text.split("\\R")) {
      String line = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
      Matcher frame = FRAME.matcher(line);
      if (frame.matches()) {
        if (!candidate.isEmpty() || parts.isEmpty()) {
          begin(candidate, parts);
          candidate = "";
        }
        add(frame, parts, application);
      } else if (!line.isBlank() && !line.strip().startsWith("...")) {
        boolean ended = !parts.isEmpty() && !line.contains("Caused by:");
        if (ended
            && candidate.isEmpty()
            && !parts.get(0).frames.isEmpty()
            && !line.startsWith("\t")
            && !line.startsWith(" ")) {
          break;
        }
        candidate = HEAD.matcher(line).matches() ? line : candidate;
      }
    }
    CapturedException outermost = null;
    for (int i = parts.size() - 1; i >= 0; i--) {
      Part part = parts.get(i);
      outermost = new CapturedException(part.type, part.message, part.frames, outermost);
    }
    return Optional.ofNullable(outermost);
  }

  private static void begin(String line, List<Part> parts) {
    Matcher head = HEAD.matcher(line);
    if (parts.size() < CAUSES) {
      parts.add(
          head.matches()
              ? new Part(head.group(1), head.group(2))
              : new Part("java.lang.Throwable", null));
    }
  }

  private static void add(Matcher frame, List<Part> parts, Predicate<String> application) {
    Part part = parts.get(parts.size() - 1);
    if (part.frames.size() < FRAMES) {
      String className = frame.group(1).substring(0, frame.group(1).length() - 1);
      String file = frame.group(3);
      part.frames.add(
          new CapturedFrame(
              className,
              frame.group(2),
              "",
              file.endsWith(".java") ? file : null,
              frame.group(4) == null ? -1 : Integer.parseInt(frame.group(4)),
              application.test(className),
              null,
              List.of()));
    }
  }
}
