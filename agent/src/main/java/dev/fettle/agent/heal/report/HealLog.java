package dev.fettle.agent.heal.report;

import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.observe.PeriodCount;
import dev.fettle.agent.observe.ThreadName;
import dev.fettle.agent.observe.ThrownTrace;
import dev.fettle.agent.options.InTransaction;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Local;
import dev.fettle.wire.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes every heal visible. Each is counted; the first of a place and remedy in an hour is shown
 * with the state before and after, 100 places a second at most. On the failing thread values are
 * copied and offered to a bounded queue, everything else happens on the agent's thread.
 * Thread-safe.
 */
public final class HealLog implements HealListener {
  private static final int QUEUE = 256;
  private static final int PLACES = 4_096;
  private static final int PER_SECOND = 100;
  private static final int SHOWN_REASONS = 64;
  private static final int EVIDENCE = 20;
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long WAIT_MILLIS = 500;

  /** What a place and a remedy did so far. */
  private static final class Tally {
    private final LongAdder healed = new LongAdder();
    private volatile long shownAt;
    private volatile boolean shown;
    private volatile long told;
  }

  private record Shown(
      String id,
      long at,
      String thread,
      SiteFacts site,
      Throwable thrown,
      Treatment treatment,
      String rung,
      String action,
      String callers,
      List<Local> before,
      List<Local> after,
      long repeats) {}

  private final HealSwitch allowed;
  private final ValueCapture capture;
  private final ThrownTrace traces;
  private final Outcomes outcomes;
  private final Supplier<String> ids;
  private final Consumer<String> console;
  private final LongSupplier nanos;
  private final SpanEvents spans = new SpanEvents();
  // by name: what is known of a site holds its class
  private final Map<String, Map<String, Tally>> tallies = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final BlockingQueue<Shown> queue = new ArrayBlockingQueue<>(QUEUE);
  private final PeriodCount second = new PeriodCount();
  private final LongAdder lost = new LongAdder();
  private final AtomicInteger onTheWay = new AtomicInteger();

  /**
   * @param ids gives unique ids
   * @param console takes lines for people
   */
  public HealLog(
      HealSwitch allowed,
      ValueCapture capture,
      ThrownTrace traces,
      Outcomes outcomes,
      Supplier<String> ids,
      Consumer<String> console,
      LongSupplier nanos) {
    this.allowed = allowed;
    this.capture = capture;
    this.traces = traces;
    this.outcomes = outcomes;
    this.ids = ids;
    this.console = console;
    this.nanos = nanos;
  }

  @Override
  public boolean allows(SiteFacts site) {
    return allowed.allows(site);
  }

  @Override
  public @Nullable InTransaction inTransaction() {
    return allowed.inTransaction();
  }

  @Override
  public Report healing(Failure failure, Treatment treatment) {
    Tally tally = tally(failure.site(), treatment.name());
    if (tally == null) {
      return new Counted(this, new Tally());
    }
    if (!isDue(tally)) {
      return new Counted(this, tally);
    }
    ValueCapture.Copier copier = capture.copier();
    List<Local> before =
        FrameValues.of(failure.site().method(), failure.locals(), copier, failure.site());
    return new Full(failure, treatment, tally, copier, before);
  }

  /** A failure as it is now, for who is asked what to do about it. Runs on the failing thread. */
  public Message.Occurrence occurrence(Failure failure) {
    SiteFacts site = failure.site();
    List<Local> values =
        FrameValues.of(site.method(), failure.localsAtStart(), capture.copier(), site);
    return new Message.Occurrence(
        ids.get(),
        Message.Occurrence.Kind.THROWN,
        System.currentTimeMillis(),
        ThreadName.current(),
        traces.of(failure.thrown(), site.className(), site.method(), values),
        null,
        "nothing written for it would handle it; its thread waits for a snippet",
        1);
  }

  @Override
  public void rehearse(Failure failure) {
    FrameValues.of(failure.site().method(), failure.locals(), capture.copier(), failure.site());
  }

  private @Nullable Tally tally(SiteFacts site, String treatment) {
    Map<String, Tally> here = tallies.get(site.id());
    if (here == null) {
      if (tallies.size() >= PLACES) {
        lost.increment();
        return null;
      }
      here = tallies.computeIfAbsent(site.id(), s -> new ConcurrentHashMap<>());
    }
    Tally tally = here.get(treatment);
    return tally != null ? tally : here.computeIfAbsent(treatment, t -> new Tally());
  }

  private boolean isDue(Tally tally) {
    long now = nanos.getAsLong();
    return (!tally.shown || now - tally.shownAt >= HOUR)
        && second.next(now, PeriodCount.SECOND) <= PER_SECOND;
  }

  private void refused(String reason) {
    LongAdder known = refused.get(reason);
    if (known == null) {
      known =
          refused.computeIfAbsent(
              refused.size() < SHOWN_REASONS ? reason : "other", r -> new LongAdder());
    }
    known.increment();
  }

  private record Counted(HealLog log, Tally tally) implements Report {
    @Override
    public void healed(Supplier<Afterwards> how) {
      tally.healed.increment();
    }

    @Override
    public void refused(String reason) {
      log.refused(reason);
    }
  }

  /** One that is shown. */
  private final class Full implements Report {
    private final Failure failure;
    private final Treatment treatment;
    private final Tally tally;
    private final ValueCapture.Copier copier;
    private final List<Local> before;

    Full(
        Failure failure,
        Treatment treatment,
        Tally tally,
        ValueCapture.Copier copier,
        List<Local> before) {
      this.failure = failure;
      this.treatment = treatment;
      this.tally = tally;
      this.copier = copier;
      this.before = before;
    }

    @Override
    public void refused(String reason) {
      HealLog.this.refused(reason);
    }

    @Override
    public void healed(Supplier<Afterwards> how) {
      Afterwards afterwards = how.get();
      tally.healed.increment();
      tally.shownAt = nanos.getAsLong();
      tally.shown = true;
      SiteFacts site = failure.site();
      copier.nextFrame();
      List<Local> after = FrameValues.of(site.method(), afterwards.locals(), copier, site);
      String id = ids.get();
      long total = tally.healed.sum();
      Shown shown =
          new Shown(
              id,
              System.currentTimeMillis(),
              ThreadName.current(),
              site,
              failure.thrown(),
              treatment,
              rung(treatment),
              afterwards.action(),
              afterwards.callers(),
              before,
              after,
              Math.max(1, total - tally.told));
      onTheWay.incrementAndGet();
      if (!queue.offer(shown)) {
        onTheWay.decrementAndGet();
        lost.increment();
        tally.shown = false;
        return;
      }
      tally.told = total;
      outcomes.follow(id, site, treatment.name(), failure.thrown().getClass().getName());
      spans.add(
          failure.lookup().lookupClass(),
          "fettle.heal",
          Map.of(
              "fettle.heal.site",
              site.id(),
              "fettle.heal.remedy",
              treatment.name(),
              "exception.type",
              failure.thrown().getClass().getName()));
    }
  }

  /** What a treatment's name says of how far it goes. */
  private static String rung(Treatment treatment) {
    return treatment.name().startsWith("snippet:full")
        ? "full"
        : treatment.name().startsWith("snippet:") ? "contained" : "typed";
  }

  /**
   * Passes shown heals on until interrupted. Run by a thread of the agent.
   *
   * @param sink takes one, or says that it could not
   */
  public void run(Predicate<Message> sink) throws InterruptedException {
    while (true) {
      Shown shown = queue.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      // a kill switch must not wait for a server
      allowed.look();
      if (shown != null) {
        pass(shown, sink);
      }
    }
  }

  /** Passes on what waits. */
  void drain(Predicate<Message> sink) {
    for (Shown shown = queue.poll(); shown != null; shown = queue.poll()) {
      pass(shown, sink);
    }
  }

  /** Whether no heal waits to be shown. */
  public boolean isIdle() {
    return onTheWay.get() == 0;
  }

  private void pass(Shown shown, Predicate<Message> sink) {
    try {
      show(shown, sink);
    } finally {
      onTheWay.decrementAndGet();
    }
  }

  private void show(Shown shown, Predicate<Message> sink) {
    String type = shown.thrown.getClass().getName();
    console.accept(
        "healed "
            + type
            + " at "
            + shown.site.id()
            + " with "
            + shown.treatment.name()
            + (shown.treatment.rationale().isBlank()
                ? ""
                : " (" + shown.treatment.rationale() + ")")
            + ": "
            + shown.action);
    boolean taken =
        sink.test(
            new HealMessage.Healed(
                shown.id,
                shown.at,
                shown.thread,
                shown.site.className(),
                shown.site.method().name,
                shown.site.method().desc,
                shown.site.line(),
                traces.of(shown.thrown, shown.site.className(), shown.site.method(), shown.before),
                shown.treatment.name(),
                shown.rung,
                shown.action,
                shown.treatment.rationale(),
                (int) Math.round(1000 * Math.max(0, Math.min(1, shown.treatment.confidence()))),
                shown.treatment.evidence().stream().limit(EVIDENCE).toList(),
                shown.callers,
                shown.before,
                shown.after,
                shown.repeats));
    if (!taken) {
      lost.increment();
    }
  }

  /** Totals by site and remedy, and refusals by reason. */
  public HealMessage.HealCounted totals() {
    Map<String, Long> healed = new HashMap<>();
    tallies.forEach(
        (site, here) ->
            here.forEach(
                (name, tally) -> {
                  if (healed.size() < 1_000) {
                    healed.put(site + " " + name, tally.healed.sum());
                  }
                }));
    Map<String, Long> reasons = new HashMap<>();
    refused.forEach((reason, count) -> reasons.put(reason, count.sum()));
    if (lost.sum() > 0) {
      reasons.put("not shown", lost.sum());
    }
    return new HealMessage.HealCounted(healed, reasons);
  }
}
