/** Repairs every project of a directory, each by the command line in a process of its own. */
@NullMarked
package dev.fettle.bench.suite;

import org.jspecify.annotations.NullMarked;
