package dev.fettle.wire;

/** A named local or parameter. */
public record Local(String name, String descriptor, boolean parameter, Value value) {}
