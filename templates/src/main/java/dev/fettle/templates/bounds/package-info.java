/** Templates for indexes, lengths and sizes that do not fit. */
@NullMarked
package dev.fettle.templates.bounds;

import org.jspecify.annotations.NullMarked;
