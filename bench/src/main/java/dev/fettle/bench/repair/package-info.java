/** Repairs the programs of a data set and counts what became right. */
@NullMarked
package dev.fettle.bench.repair;

import org.jspecify.annotations.NullMarked;
