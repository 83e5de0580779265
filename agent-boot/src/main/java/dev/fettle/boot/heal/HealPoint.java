package dev.fettle.boot.heal;

import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call site of woven code: regions of a method that see the same variables. Created at its
 * first failure.
 *
 * @param caller has the rights of the woven class
 * @param method its name
 * @param descriptor its JVM descriptor
 * @param group number of the group of regions in the method
 * @param attachment what the agent keeps here
 */
public record HealPoint(
    MethodHandles.Lookup caller,
    String method,
    String descriptor,
    int group,
    AtomicReference<@Nullable Object> attachment) {}
