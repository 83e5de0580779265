package dev.fettle.llm.context;

/**
 * An earlier incident and how it ended.
 *
 * @param id of the incident
 * @param failure exception, place, message: what it is found by
 * @param change what was changed; empty when nothing was
 * @param ending {@code merged}, {@code rejected: reason}, ...
 */
public record PastCase(String id, String failure, String change, String ending) {}
