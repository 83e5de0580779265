package dev.fettle.contract.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was noticed, normalized from whatever protocol carried it.
 *
 * @param id unique per occurrence; the same id twice is one signal
 * @param thrownAt when it happened, by the sender's clock
 * @param exception null for kinds without one
 * @param request null outside a request
 * @param reason why the exception counts as unanticipated, in words
 * @param repeats how many occurrences this signal stands for, at least 1
 */
public record Signal(
    String id,
    Kind kind,
    Origin origin,
    TrustTier trust,
    Instant thrownAt,
    String thread,
    @Nullable CapturedException exception,
    @Nullable Request request,
    String reason,
    long repeats) {

  /** What noticed it. */
  public enum Kind {
    ERROR,
    LOG,
    TRACE,
    METRIC,
    BUILD,
    TEST
  }

  public Signal {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a signal needs an id");
    }
    if (repeats < 1) {
      throw new IllegalArgumentException("repeats must be at least 1, was " + repeats);
    }
  }
}
