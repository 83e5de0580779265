package dev.fettle.contract.model;

import java.time.Instant;

/** A connected agent as last heard of. */
public record AgentInstance(Origin origin, long pid, Instant connectedAt, Instant lastHeard) {}
