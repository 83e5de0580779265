/** Reads what a code base declares, by names: enough to compare situations across files cheaply. */
@NullMarked
package dev.fettle.templates.code;

import org.jspecify.annotations.NullMarked;
