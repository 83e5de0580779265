package dev.fettle.templates.site;

import dev.fettle.contract.model.Patch;

/**
 * An edit with its reason.
 *
 * @param rationale one sentence for people
 * @param score in [0, 1]
 */
public record Proposal(Patch patch, String rationale, double score) {}
