package dev.fettle.engine.monitor;

import dev.fettle.contract.model.Admission;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.Journal;
import dev.fettle.contract.spi.Knowledge;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Turns signals into incidents. When {@link #admit} returns an {@code Opened} or a {@code
 * Duplicate}, the signal is durable. Thread-safe: signals of one service are taken one at a time.
 *
 * <p>Whatever its trust, a signal groups and counts; whether it may start a repair is asked of the
 * incident's sample, which an authenticated signal replaces and a public one never does.
 */
public final class Monitor {
  private static final int STRIPES = 64;

  private final Knowledge knowledge;
  private final Journal journal;
  private final Limits limits;
  private final InstantSource clock;
  private final Rates rates;
  private final Fingerprinter fingerprinter = new Fingerprinter();
  private final AtomicLong throttled = new AtomicLong();
  private final Object[] stripes = new Object[STRIPES];

  /**
   * @param nanos monotonic time, for rates
   */
  public Monitor(
      Knowledge knowledge,
      Journal journal,
      Limits limits,
      InstantSource clock,
      LongSupplier nanos) {
    this.knowledge = knowledge;
    this.journal = journal;
    this.limits = limits;
    this.clock = clock;
    this.rates = new Rates(limits.tracked(), nanos);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Object();
    }
  }

  /** Groups, counts and stores a signal, or says which limit kept it out. */
  public Admission admit(Signal signal) {
    CapturedException exception = signal.exception();
    if (exception == null) {
      return throttled("a signal without an exception forms no incident");
    }
    String service = signal.origin().service();
    if (!rates.take(signal.trust() + " service " + service, limits.perService())) {
      return throttled("signals of service " + service);
    }
    Fingerprint fingerprint = fingerprinter.of(exception);
    if (!rates.take(service + " " + fingerprint.primary(), limits.perFingerprint())) {
      return throttled("signals of fingerprint " + fingerprint.primary());
    }
    synchronized (stripes[Math.floorMod(service.hashCode(), STRIPES)]) {
      Optional<Incident> known = knowledge.find(service, fingerprint);
      return known.isPresent()
          ? count(known.get(), signal)
          : open(service, fingerprint, signal, exception);
    }
  }

  /** Signals kept out so far. */
  public long throttled() {
    return throttled.get();
  }

  private Admission open(
      String service, Fingerprint fingerprint, Signal signal, CapturedException exception) {
    if (!rates.take(signal.trust() + " new " + service, limits.newPerService())) {
      return throttled("new incidents of service " + service);
    }
    if (!rates.take(signal.trust() + " new", limits.newPerTier())) {
      return throttled("new incidents of all services");
    }
    Instant at = happened(signal);
    Incident incident =
        new Incident(
            new IncidentId(
                "inc-"
                    + Fingerprinter.digest(service + "\n" + fingerprint.primary())
                        .substring(0, 10)),
            fingerprint,
            title(exception),
            at,
            at,
            signal.repeats(),
            signal);
    if (!knowledge.count(signal.id(), incident)) {
      return new Admission.Duplicate(incident, false);
    }
    noted(incident, "opened by " + signal.origin().source());
    return new Admission.Opened(incident);
  }

  private Admission count(Incident known, Signal signal) {
    boolean enriches = richer(signal, known.sample());
    Instant at = happened(signal);
    Incident counted =
        new Incident(
            known.id(),
            known.fingerprint(),
            known.title(),
            known.firstSeen().isBefore(at) ? known.firstSeen() : at,
            known.lastSeen().isAfter(at) ? known.lastSeen() : at,
            known.count() + signal.repeats(),
            enriches ? signal : known.sample());
    if (!knowledge.count(signal.id(), counted)) {
      return new Admission.Duplicate(known, false);
    }
    if (enriches) {
      noted(counted, "sample replaced by a richer one");
    }
    return new Admission.Duplicate(counted, enriches);
  }

  /** Trust before values, values before a trace, the first before later ones. */
  private static boolean richer(Signal signal, Signal sample) {
    if (signal.trust() != sample.trust()) {
      return signal.trust() == TrustTier.AUTHENTICATED;
    }
    return values(signal) && !values(sample);
  }

  private static boolean values(Signal signal) {
    for (CapturedException e = signal.exception(); e != null; e = e.cause()) {
      if (e.frames().stream().anyMatch(CapturedFrame::hasValues)) {
        return true;
      }
    }
    return false;
  }

  /** Senders' clocks may be ahead; nothing happened in the future. */
  private Instant happened(Signal signal) {
    Instant now = clock.instant();
    return signal.thrownAt().isAfter(now) ? now : signal.thrownAt();
  }

  private void noted(Incident incident, String detail) {
    journal.append(
        new JournalEntry(
            0,
            incident.id(),
            JournalEntry.Step.INTAKE,
            JournalEntry.State.DONE,
            detail,
            "",
            clock.instant()));
  }

  private Admission throttled(String limit) {
    throttled.incrementAndGet();
    return new Admission.Throttled(limit);
  }

  private static String title(CapturedException exception) {
    CapturedException root = exception.root();
    String type = root.type().substring(root.type().lastIndexOf('.') + 1);
    return Fingerprinter.place(exception)
        .topApplicationFrame()
        .or(() -> root.frames().stream().findFirst())
        .map(PlainFrame::of)
        .map(f -> type + " in " + simple(f.className()) + "." + f.method())
        .orElse(type);
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
