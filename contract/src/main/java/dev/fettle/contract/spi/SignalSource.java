package dev.fettle.contract.spi;

import dev.fettle.contract.model.Signal;
import java.util.function.Consumer;

/** Turns what arrives from outside into signals. What it cannot read it drops and counts. */
public interface SignalSource extends AutoCloseable {
  /** Short and stable, for example {@code agent}. */
  String name();

  /**
   * Starts delivering to {@code sink}; called once. The sink returns when the signal is durable.
   */
  void start(Consumer<Signal> sink);

  /** Signals dropped so far, all reasons. */
  long dropped();

  @Override
  void close();
}
