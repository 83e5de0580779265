package dev.fettle.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * What Fettle did about one fault. Durations are milliseconds since the throw, null when it did not
 * happen.
 *
 * @param incident id; null when nothing was captured
 * @param status the incident's last status
 * @param correct whether the hidden oracles pass on the branch; null without oracles or branch
 * @param note why it went no further; empty when all was done
 */
record FaultOutcome(
    String id,
    @Nullable String incident,
    String exception,
    String status,
    boolean captured,
    boolean reproduced,
    boolean patched,
    @Nullable Boolean correct,
    boolean hotPatched,
    @Nullable Long detectionMs,
    @Nullable Long diagnosisMs,
    @Nullable Long hotPatchMs,
    @Nullable Long mttrMs,
    @Nullable Long confirmedMs,
    @Nullable String branch,
    @Nullable String delivery,
    String generator,
    int answeredBefore,
    int answeredAfter,
    String note) {}
