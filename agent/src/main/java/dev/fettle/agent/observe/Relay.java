package dev.fettle.agent.observe;

import dev.fettle.boot.Observer;
import dev.fettle.boot.Pass;
import dev.fettle.boot.Site;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on to another observer; those that want to hear of something on its way extend
 * it. As thread-safe as the other is.
 */
public class Relay implements Observer {
  private final Observer next;

  /**
   * @param next hears everything
   */
  protected Relay(Observer next) {
    this.next = next;
  }

  @Override
  public void failed(Site site, Throwable thrown, @Nullable Object[] values) {
    next.failed(site, thrown, values);
  }

  @Override
  public void told(Site site, Pass pass) {
    next.told(site, pass);
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
