package dev.fettle.agent.heal.report;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.observe.Relay;
import dev.fettle.agent.observe.ThreadName;
import dev.fettle.boot.Observer;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows heals until it is known what became of them. A heal is bad when another failure follows
 * in the same request, or the same thread where there is no request; when the same exception leaves
 * the same method after all; when its thread still computes in the same method long after; when
 * people switch the site off. It is good when nothing of this happened until the request ended and
 * ten minutes were over. Sees what {@link Observer} sees and passes it on. Thread-safe.
 */
public final class Outcomes extends Relay {
  /** Heals that are followed at a time; more are not. */
  static final int FOLLOWED = 1_024;

  private static final long WINDOW = TimeUnit.MINUTES.toNanos(10);
  private static final long LONG = TimeUnit.SECONDS.toNanos(30);
  private static final long MILLI = 1_000_000;

  /** So often in a row a thread must be seen computing in the healed method. */
  private static final int LOOKS = 3;

  private static final int LOOKS_AT_ONCE = 8;

  /** Frames, from the innermost, that count as being in a method: it may call the JDK. */
  private static final int INNERMOST = 3;

  /** One heal that is followed. {@code until} is when its request ended; -1 while it runs. */
  private static final class Pending {
    private final String heal;
    private final SiteFacts site;
    private final String treatment;
    private final String exception;
    private final String thread;
    private final long request;
    private final long healedAt;
    private final WeakReference<Thread> runner = new WeakReference<>(Thread.currentThread());
    private int looks;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long until;

    Pending(
        String heal,
        SiteFacts site,
        String treatment,
        String exception,
        String thread,
        long request,
        long healedAt) {
      this.heal = heal;
      this.site = site;
      this.treatment = treatment;
      this.exception = exception;
      this.thread = thread;
      this.request = request;
      this.healedAt = healedAt;
      this.until = request == 0 ? healedAt + WINDOW : -1;
    }
  }

  /** The request that a thread serves; 0 for none. */
  private static final class Serving {
    private long number;
    private int depth;
    private @Nullable Object request;
  }

  private final Chooser chooser;
  private final Consumer<Message> sink;
  private final LongSupplier nanos;
  private final LongSupplier wallMillis;
  private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final ThreadLocal<Serving> serving = ThreadLocal.withInitial(Serving::new);

  /**
   * @param next hears everything too, first
   * @param sink takes messages for the server
   */
  public Outcomes(
      Observer next,
      Chooser chooser,
      Consumer<Message> sink,
      LongSupplier nanos,
      LongSupplier wallMillis) {
    super(next);
    this.chooser = chooser;
    this.sink = sink;
    this.nanos = nanos;
    this.wallMillis = wallMillis;
  }

  /** Follows a heal from now on, on the thread that was healed. */
  void follow(String heal, SiteFacts site, String treatment, String exception) {
    if (count.incrementAndGet() > FOLLOWED) {
      count.decrementAndGet();
      return;
    }
    pending.add(
        new Pending(
            heal,
            site,
            treatment,
            exception,
            ThreadName.current(),
            serving.get().number,
            nanos.getAsLong()));
  }

  /** A failure is about to be reported: nothing written for it handled it. */
  public void failed(Message.Occurrence failure) {
    if (count.get() == 0) {
      return;
    }
    long at = nanos.getAsLong() - Math.max(0, wallMillis.getAsLong() - failure.thrownAt()) * MILLI;
    end(
        p -> {
          boolean within = at >= p.healedAt - MILLI && (p.until < 0 || at <= p.until + MILLI);
          boolean sameThread = p.thread.equals(failure.thread());
          boolean sameFailure =
              failure.thrown().type().equals(p.exception)
                  && failure.thrown().frames().stream()
                      .limit(1)
                      .anyMatch(
                          f ->
                              f.className().equals(p.site.className())
                                  && f.method().equals(p.site.method().name));
          return within && sameThread
              ? "followed by " + failure.thrown().type()
              : sameFailure && at >= p.healedAt ? "the same failure came again" : null;
        },
        false);
  }

  /** People switched a site off. */
  public void complained(String siteId) {
    end(p -> p.site.id().equals(siteId) ? "switched off by people" : null, false);
  }

  /** Ends what is over; called by a thread of the agent every few seconds. */
  public void settle() {
    long now = nanos.getAsLong();
    int[] looks = {LOOKS_AT_ONCE};
    end(p -> computesOn(p, now, looks) ? "its method did not come to an end" : null, false);
    end(
        p ->
            p.until >= 0 && now - p.until >= 0 && now - p.healedAt >= WINDOW
                ? "nothing spoke against it"
                : null,
        true);
  }

  /** Whether a healed loop seems to have no end: seen only from beside, as it fails no more. */
  private static boolean computesOn(Pending heal, long now, int[] left) {
    Thread runner = heal.runner.get();
    if (runner == null || now - heal.healedAt < LONG || left[0]-- <= 0) {
      return false;
    }
    boolean there =
        runner.getState() == Thread.State.RUNNABLE
            && Stream.of(runner.getStackTrace())
                .limit(INNERMOST)
                .anyMatch(
                    frame ->
                        frame.getClassName().equals(heal.site.className())
                            && frame.getMethodName().equals(heal.site.method().name));
    heal.looks = there ? heal.looks + 1 : 0;
    return heal.looks >= LOOKS;
  }

  private interface Reason {
    @Nullable String of(Pending pending);
  }

  private void end(Reason reason, boolean good) {
    for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
      Pending one = each.next();
      String why = reason.of(one);
      // threads that end heals at once tell each end once
      if (why != null && one.ended.compareAndSet(false, true)) {
        each.remove();
        count.decrementAndGet();
        chooser.outcome(one.site, one.treatment, good, why);
        sink.accept(new HealMessage.HealOutcome(one.heal, good, why, wallMillis.getAsLong()));
      }
    }
  }

  @Override
  public void requestStarted(Object request) {
    super.requestStarted(request);
    Serving mine = serving.get();
    if (mine.request == null) {
      mine.request = request;
      mine.depth = 0;
      mine.number = requests.incrementAndGet();
    }
    if (mine.request == request) {
      mine.depth++;
    }
  }

  @Override
  public void requestEnded(Object request, Object response, @Nullable Throwable thrown) {
    super.requestEnded(request, response, thrown);
    Serving mine = serving.get();
    if (mine.request == request && --mine.depth <= 0) {
      long number = mine.number;
      // kept for the thread's next request: one that heals nothing costs no object
      mine.request = null;
      mine.number = 0;
      if (count.get() > 0) {
        long now = nanos.getAsLong();
        pending.stream().filter(p -> p.request == number).forEach(p -> p.until = now);
      }
    }
  }
}
