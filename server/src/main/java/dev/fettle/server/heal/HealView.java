package dev.fettle.server.heal;

import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.server.view.ValueText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heal for people and programs.
 *
 * @param site {@code a.b.C.method:line}
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
    String rationale,
    double confidence,
    long repeats,
    @Nullable String incident,
    String outcome,
    String why,
    List<ValueText.Named> before,
    List<ValueText.Named> after) {

  static HealView of(HealRecord h) {
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
        h.rationale(),
        h.confidence(),
        h.repeats(),
        h.incident().map(IncidentId::value).orElse(null),
        h.outcome().map(e -> e.good() ? "good" : "bad").orElse("open"),
        h.outcome().map(HealRecord.Ending::why).orElse(""),
        ValueText.of(h.before()),
        ValueText.of(h.after()));
  }
}
