package dev.fettle.server.view;

import org.jspecify.annotations.Nullable;

/**
 * What the server is doing.
 *
 * @param repository the checkout it repairs; null for none
 * @param warm whether the project was read and the laboratory is ready
 * @param projectFailure why the project cannot be read; empty otherwise
 * @param confinement how project code runs
 * @param policy name of the ceiling
 * @param repairing incidents on the road now
 * @param confirming confirmations by the project's own build that are outstanding
 * @param damagedDatabase where a damaged database was put aside at the start; null for none
 */
public record ServerStatus(
    String version,
    @Nullable String repository,
    boolean warm,
    String projectFailure,
    String confinement,
    String policy,
    int repairing,
    int confirming,
    @Nullable String damagedDatabase) {}
