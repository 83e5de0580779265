package dev.fettle.intake.agent;

import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Limits;
import dev.fettle.wire.Message;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Heals from the wire's records to the contract's, and policy back. */
final class HealMapping {
  private HealMapping() {}

  static HealRecord record(HealMessage.Healed h, Origin origin) {
    return new HealRecord(
        h.id(),
        origin,
        Instant.ofEpochMilli(h.at()),
        h.className(),
        h.method(),
        Math.max(0, h.line()),
        h.thrown().type(),
        h.thrown().message(),
        h.remedy(),
        HealMode.of(h.rung()).orElse(HealMode.TYPED),
        h.action(),
        h.rationale(),
        h.confidence() / 1000.0,
        h.evidence(),
        h.callers(),
        h.before().stream().map(SignalMapping::variable).toList(),
        h.after().stream().map(SignalMapping::variable).toList(),
        h.repeats(),
        Optional.empty(),
        Optional.empty());
  }

  /** The failure behind a heal: its source is to be repaired all the same. */
  static Signal signal(HealMessage.Healed h, Origin origin, TrustTier trust) {
    return SignalMapping.signal(
        new Message.Occurrence(
            h.id(),
            Message.Occurrence.Kind.THROWN,
            h.at(),
            h.thread(),
            h.thrown(),
            null,
            "nothing written for it would handle it; healed with " + h.remedy(),
            h.repeats()),
        origin,
        trust);
  }

  static HealMessage.HealRules rules(HealPolicy policy, Collection<String> disabled) {
    return new HealMessage.HealRules(
        policy.mode().word(),
        bounded(policy.packages()),
        bounded(policy.never()),
        policy.inTransaction().name().toLowerCase(Locale.ROOT),
        bounded(disabled));
  }

  private static List<String> bounded(Collection<String> all) {
    return all.stream().sorted().limit(Limits.ENTRIES).toList();
  }
}
