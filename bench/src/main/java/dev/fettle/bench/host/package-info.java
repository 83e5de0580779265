/** The processes of a benchmark, and what the operating system and the JVM say they consumed. */
@NullMarked
package dev.fettle.bench.host;

import org.jspecify.annotations.NullMarked;
