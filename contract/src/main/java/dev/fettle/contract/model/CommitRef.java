package dev.fettle.contract.model;

import java.time.Instant;

/** A commit that last touched a suspect. */
public record CommitRef(String revision, String author, Instant at, String subject, String path) {}
