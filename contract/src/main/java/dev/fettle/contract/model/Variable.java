package dev.fettle.contract.model;

/**
 * A named local or parameter of a captured frame.
 *
 * @param descriptor JVM descriptor of the declared type, for example {@code Ljava/lang/String;}
 */
public record Variable(String name, String descriptor, boolean parameter, CapturedValue value) {}
