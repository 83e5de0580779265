package dev.fettle.agent.heal.report;

import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.options.InTransaction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asked before and told after a heal, on the failing thread. Never blocks; thread-safe. */
public interface HealListener {
  /** Allows everything and hears nothing. */
  HealListener NOTHING =
      new HealListener() {
        @Override
        public boolean allows(SiteFacts site) {
          return true;
        }

        @Override
        public Report healing(Failure failure, Treatment treatment) {
          return Report.NOTHING;
        }
      };

  /**
   * How the program goes on.
   *
   * @param action where, in words
   * @param callers what callers get that they would not have got, in words
   * @param locals by slot, as in {@link Failure#locals}
   */
  record Afterwards(String action, String callers, @Nullable Object[] locals) {}

  /** What becomes of one attempt; exactly one method is called, once. */
  interface Report {
    /** Hears nothing. */
    Report NOTHING =
        new Report() {
          @Override
          public void healed(Supplier<Afterwards> how) {}

          @Override
          public void refused(String reason) {}
        };

    /**
     * The program is about to go on.
     *
     * @param how asked at most once, before this returns: words and copies cost time
     */
    void healed(Supplier<Afterwards> how);

    /** Nothing was changed; the throwable goes on. */
    void refused(String reason);
  }

  /** Whether statements there may be healed now. Asked at every failure: a plain read. */
  boolean allows(SiteFacts site);

  /** What the server says of heals inside a transaction; null while it says nothing. */
  default @Nullable InTransaction inTransaction() {
    return null;
  }

  /** A treatment is about to act: copies the state if this one is to be shown. */
  Report healing(Failure failure, Treatment treatment);

  /** Does what {@link #healing} would, for a failure of our own that nobody is to hear of. */
  default void rehearse(Failure failure) {}
}
