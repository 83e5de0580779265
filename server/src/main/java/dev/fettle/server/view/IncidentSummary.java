package dev.fettle.server.view;

import java.time.Instant;
import java.util.List;

/**
 * One row of the list of incidents.
 *
 * @param exception type of the root cause
 * @param deliveries ids
 * @param perMinute occurrences per minute of the last hour, oldest first; for a sparkline
 */
public record IncidentSummary(
    String id,
    String title,
    String status,
    String service,
    String exception,
    long count,
    Instant firstSeen,
    Instant lastSeen,
    List<String> deliveries,
    List<Long> perMinute) {}
