/** Requests sent at a fixed rate. */
@NullMarked
package dev.fettle.bench.load;

import org.jspecify.annotations.NullMarked;
