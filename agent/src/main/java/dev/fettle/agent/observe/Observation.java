package dev.fettle.agent.observe;

import dev.fettle.agent.capture.CaptureLimits;
import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.agent.redact.Redactor;
import dev.fettle.boot.Observer;
import dev.fettle.wire.Message;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything from the hook to finished messages. */
public final class Observation {
  private static final long WAIT_MILLIS = 500;

  private final Completion completion;
  private final Reporter reporter;
  private final Repeats repeats;
  private final Rates rates;
  private final Tally dropped = new Tally();
  private final Tally anticipated = new Tally();
  private final ServerErrors serverErrors = new ServerErrors(System::nanoTime);
  private final ThrowLog throwLog = new ThrowLog(System::nanoTime);
  private final FailureObserver observer;

  /**
   * @param ids gives unique ids of occurrences
   */
  public Observation(ApplicationClasses classes, Redactor redactor, Supplier<String> ids) {
    Throwables throwables = new Throwables();
    rates = new Rates(System::nanoTime);
    completion = new Completion(dropped, anticipated, serverErrors, rates);
    reporter = new Reporter(classes, throwables, redactor, ids);
    repeats = new Repeats(ids);
    observer =
        new FailureObserver(
            classes,
            new ValueCapture(redactor, CaptureLimits.DEFAULT, classes::contains),
            throwables,
            new ServletApi(redactor),
            rates,
            completion,
            throwLog);
  }

  /** What woven code is to call. */
  public Observer observer() {
    return observer;
  }

  /** Occurrences that were seen and not sent, by reason. */
  public Tally dropped() {
    return dropped;
  }

  /** Failures that the application was prepared for, by reason. */
  public Tally anticipated() {
    return anticipated;
  }

  /** Responses with 5xx. */
  public ServerErrors serverErrors() {
    return serverErrors;
  }

  /** The latest failure of the agent's own code on a host's thread; each is given once. */
  public @Nullable Throwable takeOwnFailure() {
    return observer.takeOwnFailure();
  }

  /** What left which method. */
  public ThrowLog throwLog() {
    return throwLog;
  }

  /** Captures every kind of failure anew: other code runs now, or the server may have lost them. */
  public void captureAnew() {
    rates.forgetAll();
  }

  /**
   * Passes finished occurrences on until interrupted. Run by a thread of the agent.
   *
   * @param sink takes one, or says that it could not
   */
  public void run(Predicate<Message.Occurrence> sink) throws InterruptedException {
    while (true) {
      Failure failure = completion.next(WAIT_MILLIS);
      if (failure != null) {
        try {
          pass(failure, sink);
        } finally {
          completion.passed();
        }
      }
      for (Message.Occurrence repeat : repeats.due(System.nanoTime())) {
        offer(repeat, sink);
      }
    }
  }

  /** The process ends: what waits for its end is reported as it is now. */
  public void end() {
    completion.end();
  }

  /** Whether nothing waits to be passed on. */
  public boolean isIdle() {
    return completion.isIdle();
  }

  private void pass(Failure failure, Predicate<Message.Occurrence> sink) {
    boolean first = failure.hasValues() || failure.loggedOnly || failure.isLogged();
    if (!failure.hasValues() && repeats.counts(failure.key, failure.thrownAt, System.nanoTime())) {
      failure.reported();
      return;
    }
    Message.Occurrence occurrence = reporter.report(failure);
    failure.reported();
    if (!first) {
      // the one with values is on its way, or there were too many kinds at once
      repeats.waits(failure.key, occurrence, System.nanoTime());
    } else if (offer(occurrence, sink)) {
      repeats.sent(failure.key, occurrence);
    } else {
      rates.forget(failure.key);
    }
  }

  private boolean offer(Message.Occurrence occurrence, Predicate<Message.Occurrence> sink) {
    boolean taken = sink.test(occurrence);
    if (!taken) {
      dropped.add("queue full");
    }
    return taken;
  }
}
