/** Orders what the generators propose. */
@NullMarked
package dev.fettle.engine.plan;

import org.jspecify.annotations.NullMarked;
