package dev.fettle.agent.heal.engine;

import dev.fettle.agent.observe.Relay;
import dev.fettle.boot.Observer;
import dev.fettle.boot.Site;
import org.jspecify.annotations.Nullable;

/** Passes on what the application does, and nothing of the {@link WarmUp}. Thread-safe. */
final class BesideRehearsal extends Relay {
  BesideRehearsal(Observer next) {
    super(next);
  }

  @Override
  public void failed(Site site, Throwable thrown, @Nullable Object[] values) {
    if (!site.owner().getName().equals(WarmUp.PROGRAM)) {
      super.failed(site, thrown, values);
    }
  }
}
