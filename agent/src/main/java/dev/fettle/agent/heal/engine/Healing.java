package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.heal.report.HealListener;
import dev.fettle.agent.observe.Judge;
import dev.fettle.agent.observe.Judgement;
import dev.fettle.agent.observe.Lookout;
import dev.fettle.boot.Observer;
import dev.fettle.boot.heal.HealHook;
import dev.fettle.boot.heal.HealPoint;
import dev.fettle.boot.heal.Healer;
import dev.fettle.boot.heal.Resumption;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each failing region: same throwable again? anticipated? allowed? which treatment?
 * What is not healed goes to the observer. Never blocks; thread-safe.
 */
final class Healing implements Healer {
  /** After so many failures of its own code nothing is healed any more, only observed. */
  static final int OWN_FAILURES = 100;

  private static final int ANTICIPATED_PER_SECOND = 1000;

  /** What one thread is in the middle of. Confined to it. */
  private static final class State {
    boolean busy;
    // weak: threads of a pool outlive applications
    private WeakReference<Throwable> unanticipated = NONE;

    boolean isUnanticipated(Throwable thrown) {
      return unanticipated.refersTo(thrown);
    }
  }

  private static final WeakReference<Throwable> NONE = new WeakReference<>(null);

  private final Places places;
  private final Lookout lookout;
  private final Judge judge;
  private final Chooser chooser;
  private final HealListener listener;
  private final Observer observer;
  private final Expectations expectations;
  private final Transactions transactions;
  private final HealRecord log;
  private final Retransformation retransformation;
  private final HealLimits limits;
  private final Budget instance = new Budget();
  private final AtomicInteger ownFailures = new AtomicInteger();
  private final ThreadLocal<State> states = ThreadLocal.withInitial(State::new);

  Healing(
      Places places,
      Lookout lookout,
      Judge judge,
      Chooser chooser,
      HealListener listener,
      Observer observer,
      Expectations expectations,
      Transactions transactions,
      HealRecord log,
      Retransformation retransformation,
      HealLimits limits) {
    this.places = places;
    this.lookout = lookout;
    this.judge = judge;
    this.chooser = chooser;
    this.listener = listener;
    this.observer = observer;
    this.expectations = expectations;
    this.transactions = transactions;
    this.log = log;
    this.retransformation = retransformation;
    this.limits = limits;
  }

  @Override
  public boolean passes(HealPoint point, Throwable thrown, int region) {
    if (thrown instanceof InterruptedException) {
      return true;
    }
    if (!(point.attachment().get() instanceof Places.Known known)) {
      return false;
    }
    RegionState state = known.known(region);
    return state != null && state.passes();
  }

  @Override
  public @Nullable Resumption heal(
      HealPoint point, Throwable thrown, int region, @Nullable Object[] locals) {
    State state = states.get();
    if (state.busy) {
      // code that we run ourselves failed: whoever runs it decides
      return null;
    }
    state.busy = true;
    Resumption resumption = null;
    RegionState here = null;
    try {
      long start = System.nanoTime();
      retransformation.called(point.caller().lookupClass(), start);
      here = places.of(point).region(region);
      if (ownFailures.get() < OWN_FAILURES) {
        resumption = heal(state, here, point, thrown, locals, start);
      }
    } catch (VirtualMachineError exhausted) {
      throw exhausted;
    } catch (Throwable firebreak) {
      // the failure is still the program's, and to be reported
      broke(firebreak);
    } finally {
      state.busy = false;
    }
    if (resumption == null) {
      observe(point, here, thrown, locals);
    }
    return resumption;
  }

  private void observe(
      HealPoint point, @Nullable RegionState here, Throwable thrown, @Nullable Object[] locals) {
    if (here == null) {
      observer.failed(Places.unknownSite(point), thrown, new Object[0]);
      return;
    }
    Place place = here.place;
    if (place == null) {
      observer.failed(here.site, thrown, new Object[here.site.instance() ? 1 : 0]);
      return;
    }
    Object[] bySlot = new Object[place.method().maxLocals];
    int at = 0;
    for (int slot : place.group().passed()) {
      bySlot[slot] = locals[at++];
    }
    observer.failed(here.site, thrown, here.observed(bySlot));
  }

  private @Nullable Resumption heal(
      State state,
      RegionState here,
      HealPoint point,
      Throwable thrown,
      @Nullable Object[] locals,
      long start) {
    Place place = here.place;
    if (!(thrown instanceof Exception) || place == null || !listener.allows(place)) {
      return null;
    }
    if (!state.isUnanticipated(thrown)) {
      boolean anticipated =
          (!lookout.isClear(thrown) && isCaught(here, thrown))
              || expectations.reason(thrown) != null;
      here.judged(anticipated);
      if (anticipated) {
        settle(here, point.caller().lookupClass(), start);
        return null;
      }
      state.unanticipated = new WeakReference<>(thrown);
    }
    Class<?> type = point.caller().lookupClass();
    Transactions.Answer answer = transactions.ask(type, thrown);
    if (answer == Transactions.Answer.LEAVE) {
      return null;
    }
    long now = System.nanoTime();
    if (!here.budget.take(now, limits.perSite()) || !instance.take(now, limits.perInstance())) {
      log.exhausted(place);
      return null;
    }
    LiveFailure failure =
        new LiveFailure(place, thrown, point.caller(), new Purity(places.effects(point)), locals);
    Resumption resumption = treat(here, failure, start);
    boolean doom = resumption != null && answer == Transactions.Answer.DOOM;
    if (doom && !transactions.doom(type, thrown)) {
      return null;
    }
    if (resumption != null) {
      state.unanticipated = NONE;
    }
    return resumption;
  }

  private boolean isCaught(RegionState here, Throwable thrown) {
    return judge.judge(here.site, thrown).outlook() != Judgement.Outlook.UNANTICIPATED;
  }

  /** A class whose normal business is to throw is not asked any more. */
  private void settle(RegionState here, Class<?> type, long now) {
    if (here.isTooOften(now, ANTICIPATED_PER_SECOND)
        || retransformation.isTooOften(type, now, ANTICIPATED_PER_SECOND)) {
      retransformation.leaveAlone(type);
    }
  }

  private @Nullable Resumption treat(RegionState here, LiveFailure failure, long start) {
    Class<?> type = failure.thrown().getClass();
    boolean rehearsal = failure.site().className().equals(WarmUp.PROGRAM);
    // the server has nothing for our own program, and a thread may be told to wait for it
    Treatment prescribed = rehearsal ? null : chooser.prescribed(failure);
    Treatment treatment = prescribed != null ? prescribed : here.treatment(type);
    boolean first = treatment == null;
    while (failure.attempt() < limits.attempts()) {
      if (treatment == null) {
        treatment = chooser.choose(failure);
      }
      if (treatment == null) {
        return null;
      }
      Treatment now = treatment.now(failure);
      Action action = now.act(failure);
      if (action instanceof Action.Escalate escalate) {
        if (treatment != prescribed) {
          here.remember(type, treatment);
          return null;
        }
        log.impossible(failure, treatment, escalate.reason());
        failure.impossible(treatment.name());
        treatment = here.treatment(type);
        continue;
      }
      if (rehearsal) {
        listener.rehearse(failure);
      }
      HealListener.Report report =
          rehearsal ? HealListener.Report.NOTHING : listener.healing(failure, now);
      Applier.Result result = new Applier(failure).apply(action);
      if (result instanceof Applier.Applied applied) {
        if (treatment != prescribed) {
          here.remember(type, treatment);
        }
        long nanos = System.nanoTime() - start;
        if (rehearsal) {
          // what a real one would need is loaded by it
          afterwards(failure, action, applied);
        } else {
          log.healed(failure, now, nanos, first);
        }
        report.healed(() -> afterwards(failure, action, applied));
        return applied.resumption();
      }
      Applier.Impossible impossible = (Applier.Impossible) result;
      report.refused(impossible.why());
      log.impossible(failure, now, impossible.why());
      if (impossible.effects()) {
        failure.replayHadEffects();
      }
      failure.impossible(now.name());
      first = true;
      if (now == treatment) {
        if (treatment != prescribed) {
          here.forget(type);
        }
        treatment = null;
      }
    }
    return null;
  }

  private static HealListener.Afterwards afterwards(
      LiveFailure failure, Action action, Applier.Applied applied) {
    return new HealListener.Afterwards(
        where(failure, action, applied), Callers.of(action), failure.boxed(applied.locals()));
  }

  private static String where(LiveFailure failure, Action action, Applier.Applied result) {
    if (result.target() >= 0) {
      int line = failure.place().plan().lineOf(result.target());
      return line > 0 ? "goes on at line " + line : "goes on";
    }
    return action instanceof Action.Throw ? "throws another" : "returns";
  }

  @Override
  public void broke(Throwable own) {
    log.broke(own);
    int failures = ownFailures.incrementAndGet();
    if (failures == OWN_FAILURES) {
      log.over(own);
    } else if (failures >= 2 * OWN_FAILURES) {
      // observing fails too
      HealHook.install(Healer.NONE);
    }
  }
}
