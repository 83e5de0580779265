package dev.fettle.engine.validate;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.engine.monitor.PlainFrame;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a test fails as an incident did: the same class of exception at the root, thrown below
 * the same source statement of the same method. A trace from a laboratory does not say which frames
 * are the application's; the incident's do. Immutable.
 *
 * @param type of the root cause
 * @param top the incident's innermost application frame; empty when it has none
 * @param application plain names of the classes in the incident's application frames
 * @param firstLine of the statement; 0 when unknown
 * @param lastLine of the statement
 * @param leaks methods that may have kept what the failing place lacked: a test that drains a pool
 *     by calling one of them fails there, and for the same cause
 */
public record SameFailure(
    String type,
    Optional<PlainFrame> top,
    Set<String> application,
    Set<PlainFrame> frames,
    int firstLine,
    int lastLine,
    Set<PlainFrame> leaks) {
  private static final String STACK_OVERFLOW = StackOverflowError.class.getName();

  /** What a test has to show for an incident. */
  public static SameFailure as(Incident incident, Diagnosis diagnosis, SourceTree tree) {
    CapturedException where = place(incident.exception());
    Optional<CapturedFrame> frame = where.topApplicationFrame();
    Set<PlainFrame> plain =
        where.applicationFrames().stream().map(PlainFrame::of).collect(Collectors.toSet());
    int line = frame.map(CapturedFrame::line).orElse(0);
    int last = line;
    FailingExpression expression = diagnosis.expression();
    if (expression != null) {
      int first = expression.place().line();
      int end = first + breaks(expression, tree);
      if (line >= first && line <= end) {
        line = first;
        last = end;
      }
    }
    return new SameFailure(
        incident.exception().root().type(),
        frame.map(PlainFrame::of),
        plain.stream().map(PlainFrame::className).collect(Collectors.toSet()),
        plain,
        line,
        last,
        diagnosis.suspects().stream()
            .filter(s -> s.role() == Suspect.Role.LEAK)
            .map(s -> PlainFrame.of(s.place().className(), s.place().method()))
            .collect(Collectors.toSet()));
  }

  /** Whether {@code actual} is that failure. */
  public boolean matches(CapturedException actual) {
    return difference(actual).isEmpty();
  }

  /** How {@code actual} differs, for people; empty when it does not. */
  public Optional<String> difference(CapturedException actual) {
    CapturedException root = actual.root();
    if (!root.type().equals(type)) {
      return Optional.of("threw " + root.type() + " instead of " + type);
    }
    if (type.equals(STACK_OVERFLOW)) {
      return root.frames().stream().limit(200).map(PlainFrame::of).anyMatch(frames::contains)
          ? Optional.empty()
          : Optional.of("overflowed the stack elsewhere");
    }
    if (top.isEmpty()) {
      return Optional.empty();
    }
    if (!leaks.isEmpty() && drained(root, actual)) {
      return Optional.empty();
    }
    Optional<CapturedFrame> frame =
        firstOf(root.frames()).or(() -> firstOf(place(actual).frames()));
    if (frame.isEmpty() || !PlainFrame.of(frame.get()).equals(top.get())) {
      return Optional.of(
          "threw in "
              + frame.map(CapturedFrame::display).orElse("code of others")
              + " instead of "
              + top.get().display());
    }
    int line = frame.get().line();
    if (firstLine > 0 && line > 0 && (line < firstLine || line > lastLine)) {
      return Optional.of("threw at line " + line + " instead of " + firstLine);
    }
    return Optional.empty();
  }

  /** Whether the same exception left a method that leaks, where it took what it keeps. */
  private boolean drained(CapturedException root, CapturedException actual) {
    return java.util.stream.Stream.of(root, place(actual))
        .flatMap(e -> e.frames().stream())
        .map(PlainFrame::of)
        .anyMatch(leaks::contains);
  }

  private Optional<CapturedFrame> firstOf(List<CapturedFrame> trace) {
    return trace.stream()
        .filter(f -> f.application() || application.contains(PlainFrame.of(f).className()))
        .filter(f -> !PlainFrame.of(f).generated())
        .findFirst();
  }

  /** The root cause, or the innermost wrapper that has application frames when it has none. */
  private static CapturedException place(CapturedException exception) {
    CapturedException found = exception;
    for (CapturedException e = exception; e != null; e = e.cause()) {
      if (e.topApplicationFrame().isPresent()) {
        found = e;
      }
    }
    return found;
  }

  private static int breaks(FailingExpression expression, SourceTree tree) {
    return tree.text(expression.place().path())
        .filter(text -> expression.place().end() <= text.length())
        .map(text -> text.substring(expression.place().start(), expression.place().end()))
        .map(text -> (int) text.chars().filter(c -> c == '\n').count())
        .orElse(0);
  }
}
