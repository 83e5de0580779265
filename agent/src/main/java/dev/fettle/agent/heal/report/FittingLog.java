package dev.fettle.agent.heal.report;

import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Fitting;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.observe.Throwables;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Tells the server which remedies fit a place, so that who is asked what to do there can name one:
 * for each place and class of throwable once in ten minutes. Thread-safe.
 */
public final class FittingLog implements Fitting {
  private static final int PLACES = 1_000;
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(10);

  /** What the agent rehearses on is nobody's business. */
  private static final String OWN = "dev.fettle.agent.";

  private final Predicate<Message> sink;
  private final LongSupplier nanos;
  private final Throwables throwables = new Throwables();
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  /**
   * @param sink takes a message, or says that it could not
   * @param nanos monotonic time
   */
  public FittingLog(Predicate<Message> sink, LongSupplier nanos) {
    this.sink = sink;
    this.nanos = nanos;
  }

  @Override
  public void fit(Failure failure, List<String> remedies) {
    SiteFacts site = failure.site();
    String type = failure.thrown().getClass().getName();
    String place = site.id() + " " + type;
    long now = nanos.getAsLong();
    Long before = told.get(place);
    if (before == null ? told.size() >= PLACES : now - before < PAUSE) {
      return;
    }
    HealMessage.RemediesFit message =
        new HealMessage.RemediesFit(
            site.className(),
            site.method().name,
            site.method().desc,
            line(failure),
            type,
            remedies.subList(0, Math.min(remedies.size(), HealMessage.RemediesFit.REMEDIES)));
    // made all the same: the first real one is not to wait for classes
    if (!site.className().startsWith(OWN) && sink.test(message)) {
      told.put(place, now);
    }
  }

  /** Of the frame in the trace: a statement may be written over several lines. */
  private int line(Failure failure) {
    SiteFacts site = failure.site();
    for (StackTraceElement frame : throwables.trace(failure.thrown())) {
      if (frame.getMethodName().equals(site.method().name)
          && frame.getClassName().equals(site.className())) {
        return Math.max(0, frame.getLineNumber());
      }
    }
    return site.line();
  }
}
