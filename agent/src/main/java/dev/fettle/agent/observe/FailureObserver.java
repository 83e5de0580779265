package dev.fettle.agent.observe;

import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.boot.Hook;
import dev.fettle.boot.Observer;
import dev.fettle.boot.Pass;
import dev.fettle.boot.Site;
import dev.fettle.wire.Exchange;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every throwable that leaves a woven method, on the host's threads. In this order: the
 * same throwable again? how often did this place fail? was it anticipated? then copy values. Never
 * blocks. Thread-safe.
 */
final class FailureObserver implements Observer {
  /** After so many failures of its own code the agent stops observing. */
  private static final int OWN_FAILURES = 100;

  private final ApplicationClasses classes;
  private final ValueCapture capture;
  private final Throwables throwables;
  private final ServletApi servlets;
  private final Judge judge;
  private final Rates rates;
  private final Completion completion;
  private final ThrowLog log;
  private final LoggedErrors loggedErrors = new LoggedErrors();
  private final RecentThrowables ended = new RecentThrowables();
  private final RecentThrowables passedOver = new RecentThrowables();
  private final AtomicInteger ownFailures = new AtomicInteger();
  private volatile @Nullable Throwable lastOwnFailure;
  private final ThreadLocal<ThreadState> states = ThreadLocal.withInitial(ThreadState::new);

  FailureObserver(
      ApplicationClasses classes,
      ValueCapture capture,
      Throwables throwables,
      ServletApi servlets,
      Rates rates,
      Completion completion,
      ThrowLog log) {
    this.classes = classes;
    this.capture = capture;
    this.throwables = throwables;
    this.servlets = servlets;
    this.judge = new Judge(classes);
    this.rates = rates;
    this.completion = completion;
    this.log = log;
  }

  /**
   * This thread's state, or null while the agent's own code runs on it, whatever that may throw or
   * call. {@link #leave} ends what this begins. No object is made for a thread that has one: every
   * request comes by.
   */
  private @Nullable ThreadState enter() {
    ThreadState state = states.get();
    if (state.busy) {
      return null;
    }
    state.busy = true;
    return state;
  }

  private static void leave(ThreadState state) {
    state.busy = false;
  }

  @Override
  public void failed(Site site, Throwable thrown, @Nullable Object[] values) {
    ThreadState state = enter();
    if (state != null) {
      try {
        failed(state, site, thrown, values);
      } finally {
        leave(state);
      }
    }
  }

  private void failed(ThreadState state, Site site, Throwable thrown, @Nullable Object[] values) {
    log.left(site, thrown);
    Failure known = state.find(thrown, throwables);
    if (known == null) {
      if (isDealtWith(thrown)) {
        rates.again(site, thrown);
      } else {
        known = begin(state, site, thrown);
      }
    }
    if (known != null) {
      known.left(site, values);
      boolean swallowed = known.judgement.outlook() == Judgement.Outlook.SWALLOWED;
      if (known.leftAll() && state.request == null && !swallowed) {
        state.failures.remove(known);
        end(known);
      }
    }
  }

  @Override
  public void told(Site site, Pass pass) {
    int unheard = pass.used();
    if (unheard > 0) {
      log.left(site, unheard);
    }
    pass.grant(rates.mayGoBy(site));
  }

  /** Whether it, or what caused it, was looked at before, here or in another thread. */
  private boolean isDealtWith(Throwable thrown) {
    if (passedOver.contains(thrown) || ended.contains(thrown)) {
      return true;
    }
    return throwables.cause(thrown) != null
        && throwables.chain(thrown).stream()
            .anyMatch(each -> passedOver.contains(each) || ended.contains(each));
  }

  private @Nullable Failure begin(ThreadState state, Site site, Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      return null;
    }
    if (state.request == null) {
      settleSwallowed(state);
    }
    String owner = site.owner().getName();
    boolean armed = rates.takeArmed(owner, site.method());
    if (!state.hasRoom() || (!rates.mayLook(site) && !armed)) {
      passedOver.add(thrown);
      completion.skipped("too many failures of one place");
      return null;
    }
    Judgement judgement = judge.judge(site, thrown);
    rates.judged(site, thrown, judgement.outlook() == Judgement.Outlook.ANTICIPATED);
    if (judgement.outlook() == Judgement.Outlook.ANTICIPATED && !armed) {
      passedOver.add(thrown);
      completion.anticipated(judgement.reason());
      return null;
    }
    FailureKey key = key(site, thrown);
    boolean values = armed || rates.mayCapture(key);
    Failure failure =
        new Failure(
            key,
            thrown,
            armed && judgement.outlook() != Judgement.Outlook.UNANTICIPATED
                ? new Judgement(
                    Judgement.Outlook.UNANTICIPATED,
                    judgement.framesLeft(),
                    "asked for after it was logged; " + judgement.reason())
                : judgement,
            ThreadName.current(),
            System.currentTimeMillis(),
            false,
            values ? capture.copier() : null);
    open(state, failure);
    return failure;
  }

  /** The thread went on after what a broad clause caught, so it was not logged. */
  private void settleSwallowed(ThreadState state) {
    for (Failure failure : state.failures) {
      if (failure.leftAll() && failure.judgement.outlook() == Judgement.Outlook.SWALLOWED) {
        completion.swallowed(failure);
      }
    }
  }

  private void open(ThreadState state, Failure failure) {
    if (state.request != null) {
      failure.during(servlets.exchange(state.request));
    }
    state.failures.add(failure);
    completion.watch(failure, state.request != null);
  }

  private FailureKey key(Site site, Throwable thrown) {
    String owner = site.owner().getName();
    int line = 0;
    List<Throwable> chain = throwables.chain(thrown);
    Throwable root = chain.get(chain.size() - 1);
    for (StackTraceElement element : throwables.trace(root)) {
      if (element.getClassName().equals(owner) && element.getMethodName().equals(site.method())) {
        line = element.getLineNumber();
        break;
      }
    }
    return new FailureKey(root.getClass().getName(), owner, site.method(), line);
  }

  private void end(Failure failure) {
    remember(failure);
    completion.unwound(failure);
  }

  private void remember(Failure failure) {
    Throwable outermost = failure.outermost();
    if (outermost != null) {
      throwables.chain(outermost).forEach(ended::add);
    }
  }

  @Override
  public void requestStarted(Object request) {
    ThreadState state = enter();
    if (state != null) {
      if (state.request == null) {
        state.request = request;
        state.requestDepth = 0;
      }
      if (state.request == request) {
        state.requestDepth++;
      }
      leave(state);
    }
  }

  @Override
  public void requestEnded(Object request, Object response, @Nullable Throwable thrown) {
    ThreadState state = enter();
    if (state != null) {
      try {
        if (state.request == request && --state.requestDepth <= 0) {
          state.request = null;
          int status = servlets.status(response);
          finish(state, thrown != null && status < 400 ? 500 : status, request, thrown);
        }
      } finally {
        leave(state);
      }
    }
  }

  private void finish(ThreadState state, int status, Object request, @Nullable Throwable thrown) {
    completion.answered(status);
    if (thrown != null && state.find(thrown, throwables) == null) {
      boundary(state, thrown, request, "it left the servlet");
    }
    if (state.failures.isEmpty()) {
      return;
    }
    List<Failure> failures = List.copyOf(state.failures);
    state.failures.clear();
    failures.forEach(this::remember);
    completion.requestEnded(failures, status);
  }

  @Override
  public void reachedBoundary(Throwable thrown) {
    ThreadState state = enter();
    if (state != null) {
      try {
        if (state.find(thrown, throwables) == null) {
          boundary(state, thrown, state.request, "it reached the web framework");
        }
      } finally {
        leave(state);
      }
    }
  }

  @Override
  public void logged(Object event) {
    Throwable thrown = loggedErrors.thrown(event);
    ThreadState state = thrown == null ? null : enter();
    if (thrown != null && state != null) {
      try {
        Failure known = state.find(thrown, throwables);
        if (known == null) {
          boundary(state, thrown, state.request, "it was logged as an error");
        } else if (!known.isClaimed()) {
          logged(state, known);
        }
      } finally {
        leave(state);
      }
    }
  }

  private void logged(ThreadState state, Failure known) {
    known.logged();
    if (!known.hasValues() && rates.isWasted(known.key)) {
      rates.arm(known.key.owner(), known.key.method());
    }
    if (state.request == null && known.leftAll()) {
      state.failures.remove(known);
      remember(known);
      completion.logged(known);
    }
  }

  private boolean isEnded(Throwable thrown) {
    return throwables.chain(thrown).stream().anyMatch(ended::contains);
  }

  /** A throwable that no handler saw: its trace tells where it came from, and arms that place. */
  private void boundary(
      ThreadState state, Throwable thrown, @Nullable Object request, String reason) {
    if (isEnded(thrown) || !state.hasRoom()) {
      return;
    }
    StackTraceElement top = topApplicationFrame(thrown);
    if (top == null) {
      return;
    }
    List<Throwable> chain = throwables.chain(thrown);
    Throwable root = chain.get(chain.size() - 1);
    FailureKey key =
        new FailureKey(
            root.getClass().getName(),
            top.getClassName(),
            top.getMethodName(),
            top.getLineNumber());
    if (!(root instanceof VirtualMachineError)) {
      rates.arm(top.getClassName(), top.getMethodName());
    }
    Failure failure =
        new Failure(
            key,
            thrown,
            new Judgement(Judgement.Outlook.UNANTICIPATED, 0, reason),
            ThreadName.current(),
            System.currentTimeMillis(),
            true,
            null);
    Exchange exchange = request == null ? null : servlets.exchange(request);
    failure.during(exchange);
    state.failures.add(failure);
    if (state.request == null && request == null) {
      state.failures.remove(failure);
      end(failure);
    } else {
      completion.watch(failure, true);
    }
  }

  private @Nullable StackTraceElement topApplicationFrame(Throwable thrown) {
    List<Throwable> chain = throwables.chain(thrown);
    for (int i = chain.size() - 1; i >= 0; i--) {
      for (StackTraceElement element : throwables.trace(chain.get(i))) {
        if (classes.contains(element.getClassName())) {
          return element;
        }
      }
    }
    return null;
  }

  @Override
  public void broke(Throwable own) {
    lastOwnFailure = own;
    completion.skipped("failure of the agent itself");
    if (ownFailures.incrementAndGet() >= OWN_FAILURES) {
      Hook.install(Observer.NOTHING);
    }
  }

  /** The latest failure of the agent's own code, once. */
  @Nullable Throwable takeOwnFailure() {
    Throwable own = lastOwnFailure;
    lastOwnFailure = null;
    return own;
  }
}
