package dev.fettle.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Admission;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Variable;
import dev.fettle.testkit.road.MemoryStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

  private final MemoryStore store = new MemoryStore();
  private long nanos;
  private int ids;
  private final Monitor monitor = monitor(Limits.defaults());

  @Test
  void opensAnIncidentAndCountsItsKind() {
    Incident opened = opened(monitor.admit(trace("shop")));
    assertThat(opened.title()).isEqualTo("NullPointerException in Orders.total");
    Admission second = monitor.admit(trace("shop"));
    assertThat(second).isInstanceOf(Admission.Duplicate.class);
    assertThat(store.incident(opened.id()).orElseThrow().count()).isEqualTo(2);
  }

  @Test
  void keepsServicesApart() {
    assertThat(opened(monitor.admit(trace("shop"))).id())
        .isNotEqualTo(opened(monitor.admit(trace("bank"))).id());
  }

  @Test
  void boundsNewIncidentsOverAllServices() {
    Monitor strict = monitor(new Limits(100, 100, 100, 0.2, 100));
    opened(strict.admit(with(trace("shop"), TrustTier.PUBLIC, NOW)));
    opened(strict.admit(with(trace("bank"), TrustTier.PUBLIC, NOW)));
    assertThat(strict.admit(with(trace("mill"), TrustTier.PUBLIC, NOW)))
        .isEqualTo(new Admission.Throttled("new incidents of all services"));
    opened(strict.admit(trace("mill")));
  }

  @Test
  void countsAResentSignalOnce() {
    Signal signal = trace("shop");
    Incident opened = opened(monitor.admit(signal));
    monitor.admit(signal);
    assertThat(store.incident(opened.id()).orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void replacesATraceByASampleWithValuesAndNeverBack() {
    Incident opened = opened(monitor.admit(trace("shop")));
    Admission richer = monitor.admit(values("shop"));
    assertThat(((Admission.Duplicate) richer).enriched()).isTrue();
    assertThat(((Admission.Duplicate) monitor.admit(trace("shop"))).enriched()).isFalse();
    assertThat(((Admission.Duplicate) monitor.admit(values("shop"))).enriched()).isFalse();
    Incident stored = store.incident(opened.id()).orElseThrow();
    assertThat(stored.exception().frames().get(0).hasValues()).isTrue();
    assertThat(stored.count()).isEqualTo(4);
  }

  @Test
  void believesNoPublicSampleOverAnAuthenticatedOne() {
    opened(monitor.admit(trace("shop")));
    Signal forged = with(values("shop"), TrustTier.PUBLIC, NOW);
    assertThat(((Admission.Duplicate) monitor.admit(forged)).enriched()).isFalse();
  }

  @Test
  void takesAnAuthenticatedTraceForAPublicSample() {
    Incident opened = opened(monitor.admit(with(values("shop"), TrustTier.PUBLIC, NOW)));
    monitor.admit(trace("shop"));
    assertThat(store.incident(opened.id()).orElseThrow().sample().trust())
        .isEqualTo(TrustTier.AUTHENTICATED);
  }

  @Test
  void throttlesAFingerprintAndLetsItInAgainLater() {
    Monitor strict = monitor(new Limits(100, 0.1, 100, 100, 100));
    opened(strict.admit(trace("shop")));
    assertThat(strict.admit(trace("shop"))).isInstanceOf(Admission.Throttled.class);
    assertThat(strict.throttled()).isEqualTo(1);
    nanos += 11_000_000_000L;
    assertThat(strict.admit(trace("shop"))).isInstanceOf(Admission.Duplicate.class);
  }

  @Test
  void aFloodOfPublicSignalsUsesUpNothingOfAuthenticatedOnes() {
    Monitor strict = monitor(new Limits(0.1, 100, 0.1, 100, 100));
    strict.admit(with(trace("shop"), TrustTier.PUBLIC, NOW));
    assertThat(strict.admit(with(trace("shop"), TrustTier.PUBLIC, NOW)))
        .isInstanceOf(Admission.Throttled.class);
    assertThat(strict.admit(trace("shop"))).isInstanceOf(Admission.Duplicate.class);
  }

  @Test
  void neverBelievesThatSomethingHappenedInTheFuture() {
    Signal early = with(trace("shop"), TrustTier.AUTHENTICATED, NOW.plusSeconds(3600));
    assertThat(opened(monitor.admit(early)).lastSeen()).isEqualTo(NOW);
  }

  @Test
  void formsNoIncidentWithoutAnException() {
    Signal metric =
        new Signal(
            "m",
            Signal.Kind.METRIC,
            origin("shop"),
            TrustTier.AUTHENTICATED,
            NOW,
            "",
            null,
            null,
            "latency",
            1);
    assertThat(monitor.admit(metric)).isInstanceOf(Admission.Throttled.class);
  }

  @Test
  void remembersABoundedNumberOfRates() {
    Rates rates = new Rates(2, () -> nanos);
    assertThat(rates.take("a", 0.1)).isTrue();
    assertThat(rates.take("a", 0.1)).isFalse();
    rates.take("b", 0.1);
    rates.take("c", 0.1);
    assertThat(rates.take("a", 0.1)).isTrue();
  }

  private Monitor monitor(Limits limits) {
    return new Monitor(store, store, limits, () -> NOW, () -> nanos);
  }

  private Signal trace(String service) {
    return signal(service, Frames.npe("*shop.Orders.total"));
  }

  private Signal values(String service) {
    CapturedFrame frame =
        new CapturedFrame(
            "shop.Orders",
            "total",
            "()I",
            null,
            3,
            true,
            null,
            List.of(new Variable("n", "I", true, new CapturedValue.Scalar("int", "3"))));
    return signal(
        service,
        new CapturedException("java.lang.NullPointerException", null, List.of(frame), null));
  }

  private Signal signal(String service, CapturedException exception) {
    return new Signal(
        "s" + ids++,
        Signal.Kind.ERROR,
        origin(service),
        TrustTier.AUTHENTICATED,
        NOW,
        "main",
        exception,
        null,
        "nothing handles it",
        1);
  }

  private static Signal with(Signal s, TrustTier trust, Instant at) {
    return new Signal(
        s.id(), s.kind(), s.origin(), trust, at, s.thread(), s.exception(), null, s.reason(), 1);
  }

  private static Origin origin(String service) {
    return new Origin(service, "i-1", null, null, null, "agent");
  }

  private static Incident opened(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Opened.class);
    return ((Admission.Opened) admission).incident();
  }
}
