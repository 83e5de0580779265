package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.observe.PeriodCount;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts heals, records the first ones in a file for benchmarks, and says what went wrong, at most
 * {@value #LINES} lines a second. Thread-safe.
 */
final class HealRecord {
  private static final int LINES = 50;
  private static final int RECORDS = 1000;

  private final Consumer<String> console;
  private final Consumer<String> debug;
  private final @Nullable Path applied;
  private final LongAdder heals = new LongAdder();
  private final PeriodCount said = new PeriodCount();
  private final AtomicLong recorded = new AtomicLong();

  /**
   * @param applied gets a line for each of the first heals: place, class thrown, treatment,
   *     nanoseconds from the hook to the action, {@code first} or {@code known}; null for none
   */
  HealRecord(Consumer<String> console, Consumer<String> debug, @Nullable Path applied) {
    this.console = console;
    this.debug = debug;
    this.applied = applied;
  }

  void healed(LiveFailure failure, Treatment treatment, long nanos, boolean first) {
    heals.increment();
    if (applied != null && recorded.getAndIncrement() < RECORDS) {
      record(failure, treatment, nanos, first);
    }
  }

  private boolean maySay() {
    return said.next(System.nanoTime(), PeriodCount.SECOND) <= LINES;
  }

  private synchronized void record(
      LiveFailure failure, Treatment treatment, long nanos, boolean first) {
    if (applied == null) {
      return;
    }
    try (Writer out =
        Files.newBufferedWriter(
            applied,
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND)) {
      out.write(
          String.join(
              "\t",
              failure.site().id(),
              failure.thrown().getClass().getName(),
              treatment.name(),
              Long.toString(nanos),
              first ? "first\n" : "known\n"));
    } catch (IOException e) {
      debug.accept("cannot write " + applied + ": " + e);
    }
  }

  void impossible(LiveFailure failure, Treatment treatment, String why) {
    debug.accept(
        "not healed "
            + failure.site().id()
            + " after "
            + failure.thrown().getClass().getName()
            + ": "
            + treatment.name()
            + ": "
            + why);
  }

  void exhausted(SiteFacts site) {
    if (maySay()) {
      console.accept("not healed " + site.id() + ": its budget of heals is used up");
    }
  }

  void broke(Throwable own) {
    debug.accept("healing failed: " + own + " " + java.util.Arrays.toString(own.getStackTrace()));
  }

  void over(Throwable latest) {
    console.accept(
        "healing failed too often itself and is off; failures are still reported; the latest: "
            + latest);
  }

  /** Heals so far. */
  long heals() {
    return heals.sum();
  }
}
