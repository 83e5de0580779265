/** Benchmarks as commands: what Fettle costs, measured on running services. */
@NullMarked
package dev.fettle.bench;

import org.jspecify.annotations.NullMarked;
