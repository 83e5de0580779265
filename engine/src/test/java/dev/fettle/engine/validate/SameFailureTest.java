package dev.fettle.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.testkit.road.TextTree;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SameFailureTest {
  private static final String NPE = "java.lang.NullPointerException";
  private static final IncidentId ID = new IncidentId("inc-000001");

  private final SameFailure wanted =
      wanted(thrown(NPE, null, app("shop.Orders", "total", 41), app("shop.Web", "get", 9)));

  @Test
  void sameClassMethodAndStatement() {
    assertThat(wanted.matches(thrown(NPE, null, lab("shop.Orders", "total", 41), lab("T", "t", 3))))
        .isTrue();
  }

  @Test
  void refusesAnotherExceptionMethodOrStatement() {
    assertThat(wanted.difference(thrown("java.lang.Error", null, lab("shop.Orders", "total", 41))))
        .contains("threw java.lang.Error instead of " + NPE);
    assertThat(wanted.matches(thrown(NPE, null, lab("shop.Orders", "total", 42)))).isFalse();
    assertThat(wanted.matches(thrown(NPE, null, lab("shop.Orders", "sum", 41)))).isFalse();
    assertThat(wanted.matches(thrown(NPE, null, lab("shop.Web", "get", 9)))).isFalse();
    assertThat(wanted.matches(thrown(NPE, null, lab("T", "t", 3)))).isFalse();
  }

  @Test
  void linesOfOneStatementAreOneStatement() {
    String text = "a\nb(\n c(),\n d());\n";
    SourcePlace place = new SourcePlace("A.java", "shop.Orders", "total", "", 2, 2, 16);
    SameFailure statement =
        SameFailure.as(
            incident(thrown(NPE, null, app("shop.Orders", "total", 3))),
            diagnosis(new FailingExpression(place, "b()", null, null)),
            new TextTree("f", Map.of("A.java", text)));
    assertThat(statement.matches(thrown(NPE, null, lab("shop.Orders", "total", 4)))).isTrue();
    assertThat(statement.matches(thrown(NPE, null, lab("shop.Orders", "total", 5)))).isFalse();
  }

  @Test
  void libraryFramesOnTopDoNotMatter() {
    CapturedFrame library = lab("java.util.Objects", "requireNonNull", 7);
    assertThat(wanted.matches(thrown(NPE, null, library, lab("shop.Orders", "total", 41))))
        .isTrue();
  }

  @Test
  void wrappersDoNotMatter() {
    CapturedException cause = thrown(NPE, null, lab("shop.Orders", "total", 41));
    assertThat(wanted.matches(thrown("shop.Failed", cause, lab("shop.Web", "get", 9)))).isTrue();
  }

  @Test
  void aRootCauseInALibraryIsPlacedByItsWrapper() {
    CapturedException pool = thrown("sql.Timeout", null, lab("hikari.Pool", "get", 1));
    SameFailure leak = wanted(thrown("spring.A", pool, app("shop.Stock", "count", 12)));
    assertThat(leak.matches(thrown("spring.B", pool, lab("shop.Stock", "count", 12)))).isTrue();
    assertThat(leak.matches(thrown("spring.B", pool, lab("shop.Stock", "count", 13)))).isFalse();
  }

  @Test
  void aPoolThatTheLeakingMethodDrainedIsTheSameCause() {
    CapturedException pool = thrown("sql.Timeout", null, app("shop.Stock", "count", 12));
    SourcePlace leaking = new SourcePlace("B.java", "shop.Sales", "report", "", 7, 0, 1);
    Suspect leak = new Suspect(leaking, 0.9, Suspect.Role.LEAK, List.of("never closes it"));
    Diagnosis exhausted =
        new Diagnosis(
            ID, FaultClass.RESOURCE_LEAK, null, List.of(leak), "none left", List.of(), true, null);
    SameFailure wanted = SameFailure.as(incident(pool), exhausted, new TextTree("f", Map.of()));
    assertThat(wanted.matches(thrown("sql.Timeout", null, lab("shop.Sales", "report", 7))))
        .isTrue();
    assertThat(wanted.matches(thrown("sql.Timeout", null, lab("shop.Sales", "other", 7))))
        .isFalse();
    assertThat(wanted.matches(thrown("a.Other", null, lab("shop.Sales", "report", 7)))).isFalse();
  }

  @Test
  void aStackOverflowsInTheSameRecursion() {
    String overflow = "java.lang.StackOverflowError";
    SameFailure recursion =
        wanted(thrown(overflow, null, app("a.T", "x", 3), app("a.T", "y", 7), app("a.T", "x", 3)));
    assertThat(recursion.matches(thrown(overflow, null, lab("a.T", "y", 7)))).isTrue();
    assertThat(recursion.matches(thrown(overflow, null, lab("a.U", "z", 7)))).isFalse();
  }

  private static SameFailure wanted(CapturedException exception) {
    return SameFailure.as(incident(exception), diagnosis(null), new TextTree("f", Map.of()));
  }

  private static Diagnosis diagnosis(@Nullable FailingExpression expression) {
    SourcePlace place = new SourcePlace("A.java", "shop.Orders", "total", "", 41, 0, 1);
    return new Diagnosis(
        ID,
        FaultClass.OTHER,
        expression,
        List.of(new Suspect(place, 1, Suspect.Role.FAILED, List.of("it threw"))),
        "",
        List.of(),
        true,
        null);
  }

  private static Incident incident(CapturedException exception) {
    Signal signal =
        new Signal(
            "s",
            Signal.Kind.ERROR,
            new Origin("shop", "i", null, null, null, "agent"),
            TrustTier.AUTHENTICATED,
            Instant.EPOCH,
            "main",
            exception,
            null,
            "",
            1);
    return new Incident(
        ID, new Fingerprint(List.of("aa"), "t"), "t", Instant.EPOCH, Instant.EPOCH, 1, signal);
  }

  private static CapturedException thrown(
      String type, @Nullable CapturedException cause, CapturedFrame... frames) {
    return new CapturedException(type, null, List.of(frames), cause);
  }

  private static CapturedFrame app(String type, String method, int line) {
    return new CapturedFrame(type, method, "", null, line, true, null, List.of());
  }

  private static CapturedFrame lab(String type, String method, int line) {
    return new CapturedFrame(type, method, "", null, line, false, null, List.of());
  }
}
