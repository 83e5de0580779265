package dev.fettle.store;

import java.time.Instant;

/** What is known of one service. */
public record ServiceSummary(String service, long incidents, long occurrences, Instant lastSeen) {}
