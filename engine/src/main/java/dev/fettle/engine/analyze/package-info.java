/** Turns an incident into a diagnosis. */
@NullMarked
package dev.fettle.engine.analyze;

import org.jspecify.annotations.NullMarked;
