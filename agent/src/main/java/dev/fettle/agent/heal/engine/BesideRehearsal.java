package dev.fettle.agent.heal.engine;

import dev.fettle.boot.Observer;
import dev.fettle.boot.Site;
import org.jspecify.annotations.Nullable;

/** Passes on what the application does, and nothing of the {@link WarmUp}. Thread-safe. */
final class BesideRehearsal implements Observer {
  private final Observer next;

  BesideRehearsal(Observer next) {
    this.next = next;
  }

  @Override
  public void failed(Site site, Throwable thrown, @Nullable Object[] values) {
    if (!site.owner().getName().equals(WarmUp.PROGRAM)) {
      next.failed(site, thrown, values);
    }
  }

  @Override
  public void requestStarted(Object request) {
    next.requestStarted(request);
  }

  @Override
  public void requestEnded(Object request, Object response, @Nullable Throwable thrown) {
    next.requestEnded(request, response, thrown);
  }

  @Override
  public void reachedBoundary(Throwable thrown) {
    next.reachedBoundary(thrown);
  }

  @Override
  public void logged(Object event) {
    next.logged(event);
  }

  @Override
  public void broke(Throwable own) {
    next.broke(own);
  }
}
