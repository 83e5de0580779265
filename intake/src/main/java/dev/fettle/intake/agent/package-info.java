/** The agents' connection, in both directions. Knows no HTTP server: one calls it. */
@NullMarked
package dev.fettle.intake.agent;

import org.jspecify.annotations.NullMarked;
