package dev.fettle.server.heal;

import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.server.view.ValueText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A heal for people and programs.
 *
 * @param site {@code a.b.C.method:line}
 * @param rootCause of the diagnosis of its incident, else what was thrown where
 * @param callers what callers of the method get that they would not have got; empty when unknown
 * @param evidence what the confidence was counted from
 * @param outcome {@code good}, {@code bad}, or {@code open} while nobody knows
 * @param why what spoke for or against it; empty while open
 * @param before variables when the statement failed
 * @param after the same when the program went on
 */
public record HealView(
    String id,
    String site,
    String service,
    String instance,
    Instant at,
    String exception,
    @Nullable String message,
    String remedy,
    String rung,
    String action,
    String rootCause,
    String rationale,
    String callers,
    double confidence,
    List<String> evidence,
    long repeats,
    @Nullable String incident,
    String outcome,
    String why,
    List<ValueText.Named> before,
    List<ValueText.Named> after) {

  static HealView of(HealRecord h, Optional<String> rootCause) {
    return new HealView(
        h.id(),
        h.site(),
        h.origin().service(),
        h.origin().instance(),
        h.at(),
        h.exception(),
        h.message(),
        h.remedy(),
        h.rung().word(),
        h.action(),
        rootCause.orElse(h.exception() + " at " + h.site() + ", not diagnosed"),
        h.rationale(),
        h.callers(),
        h.confidence(),
        h.evidence(),
        h.repeats(),
        h.incident().map(IncidentId::value).orElse(null),
        h.outcome().map(e -> e.good() ? "good" : "bad").orElse("open"),
        h.outcome().map(HealRecord.Ending::why).orElse(""),
        ValueText.of(h.before()),
        ValueText.of(h.after()));
  }
}
