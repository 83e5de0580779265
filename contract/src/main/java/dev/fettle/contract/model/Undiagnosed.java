package dev.fettle.contract.model;

/** No diagnosis, and why, in words for people. */
public record Undiagnosed(String reason) implements Analysis {}
