package dev.fettle.contract.model;

/**
 * What an instance saw since a patch was applied, and in the five minutes before.
 *
 * @param calls of patched methods since
 * @param thrownSince throwables that left a patched method since
 * @param thrownBefore the same in the five minutes before
 * @param newExceptionClass one that left a patched method only since; empty for none
 * @param serverErrorsSince responses with 5xx since
 * @param serverErrorsBefore the same in the five minutes before
 * @param missedHeartbeats in a row
 */
public record PatchHealth(
    long calls,
    long thrownSince,
    long thrownBefore,
    String newExceptionClass,
    long serverErrorsSince,
    long serverErrorsBefore,
    int missedHeartbeats) {}
