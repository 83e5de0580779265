package dev.fettle.boot;

/**
 * A place in a woven method that failures are reported from; created when the first one is.
 *
 * @param owner the woven class
 * @param method its name
 * @param descriptor its JVM descriptor
 * @param variables what is reported: one line each, {@code p} (parameter) or {@code l} (local), the
 *     name, a blank, the descriptor
 * @param instance whether the receiver is reported first
 * @param firstLine of the method, 0 when unknown
 * @param lastLine of the method, 0 when unknown
 */
public record Site(
    Class<?> owner,
    String method,
    String descriptor,
    String variables,
    boolean instance,
    int firstLine,
    int lastLine) {}
