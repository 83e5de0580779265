package dev.fettle.contract.model;

/** What looking into an incident gave. */
public sealed interface Analysis permits Diagnosis, Undiagnosed {}
