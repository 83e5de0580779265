/** Compares what the laboratory says of tests with what the projects' own builds say. */
@NullMarked
package dev.fettle.bench.agreement;

import org.jspecify.annotations.NullMarked;
