/** Medians, quantiles and bootstrap intervals. */
@NullMarked
package dev.fettle.bench.statistics;

import org.jspecify.annotations.NullMarked;
