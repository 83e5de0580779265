package dev.fettle.contract.model;

import java.time.Instant;

/**
 * A plausible patch that left the house.
 *
 * @param channel name of the channel, for example {@code branch}
 * @param reference what to look at: a path, a branch name, a list of instances
 */
public record Delivery(
    DeliveryId id, IncidentId incident, String channel, String reference, Instant at) {}
