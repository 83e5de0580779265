/**
 * The runtime-error benchmark: programs that raise, each run once under the agent in a JVM of its
 * own, and what came of it.
 */
@NullMarked
package dev.fettle.bench.runtime;

import org.jspecify.annotations.NullMarked;
