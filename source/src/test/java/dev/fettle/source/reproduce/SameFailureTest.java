package dev.fettle.source.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestResult;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SameFailureTest {
  private static final String NPE = "java.lang.NullPointerException";
  private final Incident incident =
      TinyProject.in(Path.of("unused"))
          .incident(thrown(NPE, "x because \"a\" is null", "shop.A", "lambda$m$0", 10));

  @Test
  void matchesTheSameClassMethodAndLine() {
    assertThat(matches(thrown(NPE, "y because \"a\" is null", "shop.A", "lambda$m$0", 10)))
        .isTrue();
  }

  @Test
  void matchesTheSameLambdaUnderAnotherNumber() {
    assertThat(matches(thrown(NPE, null, "shop.A", "lambda$m$3", 10))).isTrue();
  }

  @Test
  void matchesAnotherLineOfTheSameStatement() {
    assertThat(matches(thrown(NPE, null, "shop.A", "lambda$m$0", 12))).isTrue();
  }

  @Test
  void matchesTheFailureInsideAWrapper() {
    CapturedException cause = thrown(NPE, null, "shop.A", "lambda$m$0", 10);
    assertThat(
            matches(
                new CapturedException("jakarta.servlet.ServletException", "", List.of(), cause)))
        .isTrue();
  }

  @Test
  void refusesAnotherExceptionClass() {
    assertThat(matches(thrown("java.lang.IllegalStateException", null, "shop.A", "lambda$m$0", 10)))
        .isFalse();
  }

  @Test
  void refusesAnotherMethod() {
    assertThat(matches(thrown(NPE, null, "shop.A", "other", 10))).isFalse();
  }

  @Test
  void refusesAnotherStatement() {
    assertThat(matches(thrown(NPE, null, "shop.A", "lambda$m$0", 20))).isFalse();
  }

  @Test
  void refusesAnotherNullOfTheSameLine() {
    assertThat(matches(thrown(NPE, "x because \"b\" is null", "shop.A", "lambda$m$0", 10)))
        .isFalse();
  }

  @Test
  void refusesATestThatPassed() {
    assertThat(
            SameFailure.matches(
                incident,
                diagnosis(),
                new TestResult("T", "t", TestResult.Status.PASSED, Optional.empty())))
        .isFalse();
  }

  private boolean matches(CapturedException seen) {
    return SameFailure.matches(
        incident,
        diagnosis(),
        new TestResult("T", "t", TestResult.Status.FAILED, Optional.of(seen)));
  }

  private static CapturedException thrown(
      String type, String message, String owner, String method, int line) {
    CapturedFrame library =
        new CapturedFrame("java.util.List", "get", "", null, 1, false, null, List.of());
    CapturedFrame own = new CapturedFrame(owner, method, "", "A.java", line, true, null, List.of());
    return new CapturedException(type, message, List.of(library, own), null);
  }

  /** The failing expression spans lines 10 to 12. */
  private Diagnosis diagnosis() {
    SourcePlace place = new SourcePlace("A.java", "shop.A", "m", "", 10, 0, 9);
    return new Diagnosis(
        incident.id(),
        FaultClass.NULL_DEREFERENCE,
        new FailingExpression(place, "a\n.b()\n.c()", "a", null),
        List.of(new Suspect(place, 1, Suspect.Role.FAILED, List.of("threw"))),
        "a is null",
        List.of(),
        true,
        null);
  }
}
