package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestResult;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a test failed as an incident did: the same exception class, thrown in the same method and
 * source statement of the top application frame, and where the JVM says which reference was null,
 * the same one.
 */
public final class SameFailure {
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+|lambda\\$\\d+");
  private static final Pattern BECAUSE = Pattern.compile(" because (.*)$", Pattern.DOTALL);

  private SameFailure() {}

  /** False for tests that passed, were skipped, or failed in another way. */
  public static boolean matches(Incident incident, Diagnosis diagnosis, TestResult result) {
    Optional<Failure> wanted = Failure.of(incident.exception());
    if (wanted.isEmpty() || result.failure().isEmpty()) {
      return false;
    }
    Failure failure = wanted.get();
    return chain(result.failure().get()).anyMatch(e -> same(failure, diagnosis, e));
  }

  private static Stream<CapturedException> chain(CapturedException e) {
    return Stream.iterate(e, x -> x != null, CapturedException::cause);
  }

  private static boolean same(Failure failure, Diagnosis diagnosis, CapturedException seen) {
    if (!failure.thrown().type().equals(seen.type())) {
      return false;
    }
    if (seen.type().equals("java.lang.StackOverflowError")) {
      return recursesAlike(failure, seen);
    }
    CapturedFrame wanted = failure.frame(0);
    Optional<CapturedFrame> top = top(failure, seen);
    return top.isPresent()
        && sameMethod(wanted, top.get())
        && sameStatement(wanted, top.get(), diagnosis)
        && sameNull(failure.thrown(), seen);
  }

  /** The first frame of the application, as the report marks it or as the incident knows it. */
  private static Optional<CapturedFrame> top(Failure failure, CapturedException seen) {
    List<String> own =
        failure.frames().stream()
            .filter(CapturedFrame::application)
            .map(f -> outermost(f.className()))
            .toList();
    return seen.frames().stream()
        .filter(f -> f.application() || own.contains(outermost(f.className())))
        .findFirst();
  }

  private static String outermost(String className) {
    int dollar = className.indexOf('$', className.lastIndexOf('.') + 2);
    return dollar < 0 ? className : className.substring(0, dollar);
  }

  private static boolean sameMethod(CapturedFrame a, CapturedFrame b) {
    return Proxies.target(a.className()).equals(Proxies.target(b.className()))
        && lambdaAside(a.method()).equals(lambdaAside(b.method()));
  }

  /** The number of a lambda depends on the compiler; its method does not. */
  private static String lambdaAside(String method) {
    Matcher m = LAMBDA.matcher(method);
    return m.matches() ? "lambda" : method;
  }

  private static boolean sameStatement(CapturedFrame a, CapturedFrame b, Diagnosis diagnosis) {
    if (a.line() == b.line() || a.line() <= 0) {
      return true;
    }
    int first = a.line();
    int last = a.line();
    FailingExpression expression = diagnosis.expression();
    if (expression != null && expression.place().className().equals(a.className())) {
      first = Math.min(first, expression.place().line());
      int lines = (int) expression.text().chars().filter(c -> c == '\n').count();
      last = Math.max(last, expression.place().line() + lines);
    }
    for (Suspect s : diagnosis.suspects()) {
      boolean statement =
          s.role() == Suspect.Role.FAILED
              && s.place().className().equals(a.className())
              && s.place().line() <= a.line();
      if (statement) {
        first = Math.min(first, s.place().line());
      }
    }
    return first <= b.line() && b.line() <= last;
  }

  /** Helpful messages name the null; two that name different ones are two faults. */
  private static boolean sameNull(CapturedException a, CapturedException b) {
    if (!a.type().equals("java.lang.NullPointerException")) {
      return true;
    }
    Optional<String> one = because(a.message());
    Optional<String> other = because(b.message());
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  private static Optional<String> because(@org.jspecify.annotations.Nullable String message) {
    Matcher m = BECAUSE.matcher(message == null ? "" : message);
    boolean named = m.find() && !m.group(1).contains("<local");
    return named ? Optional.of(m.group(1)) : Optional.empty();
  }

  private static boolean recursesAlike(Failure failure, CapturedException seen) {
    List<String> wanted =
        failure.frames().stream()
            .filter(CapturedFrame::application)
            .map(f -> f.className() + "." + f.method())
            .toList();
    return seen.frames().stream()
            .filter(f -> wanted.contains(f.className() + "." + f.method()))
            .limit(2)
            .count()
        == 2;
  }
}
