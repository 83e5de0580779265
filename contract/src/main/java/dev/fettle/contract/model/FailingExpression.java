package dev.fettle.contract.model;

import org.jspecify.annotations.Nullable;

/**
 * The expression whose evaluation threw.
 *
 * @param text its source text
 * @param culprit the source text of the part that had the bad value (the null receiver, the index);
 *     null when unknown
 * @param culpritPlace where the culprit stands; null when unknown
 */
public record FailingExpression(
    SourcePlace place, String text, @Nullable String culprit, @Nullable SourcePlace culpritPlace) {}
