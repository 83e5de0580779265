package dev.fettle.agent.observe;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is reported once it is known how a failure ended, and hands it from the host's
 * threads to the agent's. Offers only; what does not fit is dropped and counted. Thread-safe.
 */
final class Completion {
  private static final int QUEUE = 256;
  private static final int WATCHED = 1024;
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Watched(Failure failure, long deadline) {}

  private final BlockingQueue<Failure> done = new ArrayBlockingQueue<>(QUEUE);
  private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
  private final AtomicInteger watching = new AtomicInteger();
  private final AtomicInteger onTheWay = new AtomicInteger();
  private volatile boolean ending;
  private final Tally dropped;
  private final Tally anticipated;
  private final ServerErrors serverErrors;
  private final Rates rates;

  Completion(Tally dropped, Tally anticipated, ServerErrors serverErrors, Rates rates) {
    this.rates = rates;
    this.dropped = dropped;
    this.anticipated = anticipated;
    this.serverErrors = serverErrors;
  }

  void skipped(String reason) {
    dropped.add(reason);
  }

  void anticipated(String reason) {
    anticipated.add(reason);
  }

  void answered(int status) {
    if (status >= 500) {
      serverErrors.add();
    }
  }

  /** Reports the failure later if nothing else ends it. */
  void watch(Failure failure, boolean inRequest) {
    if (watching.incrementAndGet() > WATCHED) {
      watching.decrementAndGet();
      return;
    }
    long patience = inRequest ? REQUEST_NANOS : SETTLED_NANOS;
    watched.add(new Watched(failure, System.nanoTime() + patience));
  }

  /** It left the application's outermost frame, outside a request. */
  void unwound(Failure failure) {
    report(failure);
  }

  /** Somebody's broad clause has it and goes on. */
  void swallowed(Failure failure) {
    passOver(failure, failure.judgement.reason());
  }

  /** It was logged as an error, outside a request: nothing else will end it. */
  void logged(Failure failure) {
    report(failure);
  }

  /** The request that these failures happened in was answered. */
  void requestEnded(List<Failure> failures, int status) {
    Failure last = failures.isEmpty() ? null : failures.get(failures.size() - 1);
    for (Failure failure : failures) {
      failure.during(withStatus(failure, status));
      String reason = whyNot(failure, status, failure == last);
      if (reason == null) {
        report(failure);
      } else {
        passOver(failure, reason);
      }
    }
  }

  private void passOver(Failure failure, String reason) {
    if (failure.claim()) {
      anticipated.add(reason);
      failure.release();
      if (failure.hasValues()) {
        rates.waste(failure.key);
      }
    }
  }

  private static dev.fettle.wire.@Nullable Exchange withStatus(Failure failure, int status) {
    dev.fettle.wire.Exchange e = failure.exchange();
    return e == null
        ? null
        : new dev.fettle.wire.Exchange(e.method(), e.path(), e.query(), e.headers(), status);
  }

  private static @Nullable String whyNot(Failure failure, int status, boolean last) {
    if (status >= 400 && status < 500) {
      return "answered " + status;
    }
    if (failure.isLogged()) {
      return null;
    }
    boolean failed = status >= 500 || status == 0;
    return switch (failure.judgement.outlook()) {
      case ANTICIPATED -> failure.judgement.reason();
      case CONVERTED, RETRIED -> failed ? null : failure.judgement.reason();
      case SWALLOWED -> failed && last ? null : failure.judgement.reason();
      case UNANTICIPATED -> null;
    };
  }

  private void report(Failure failure) {
    if (failure.claim()) {
      onTheWay.incrementAndGet();
      if (!done.offer(failure)) {
        onTheWay.decrementAndGet();
        dropped.add("too many failures at once");
        failure.reported();
      }
    }
  }

  /** The one that {@link #next} gave was passed on. */
  void passed() {
    onTheWay.decrementAndGet();
  }

  boolean isIdle() {
    return onTheWay.get() == 0;
  }

  /** The process ends: nobody else will end what is watched. */
  void end() {
    ending = true;
    settle();
  }

  /** The next failure to report; null when there is none for now. Called by the agent's thread. */
  @Nullable Failure next(long waitMillis) throws InterruptedException {
    settle();
    long wait = watched.isEmpty() ? waitMillis : Math.min(waitMillis, 25);
    return done.poll(wait, TimeUnit.MILLISECONDS);
  }

  /** Ends what nobody ended: somebody between two of the application's frames caught it. */
  private void settle() {
    long now = System.nanoTime();
    watched.removeIf(
        w -> {
          boolean over = ending || w.failure.isClaimed() || now - w.deadline > 0;
          if (over) {
            watching.decrementAndGet();
            settle(w.failure);
          }
          return over;
        });
  }

  private void settle(Failure failure) {
    if (failure.isLogged() || failure.judgement.outlook() == Judgement.Outlook.UNANTICIPATED) {
      report(failure);
    } else {
      passOver(failure, failure.judgement.reason());
    }
  }
}
