/** Templates for objects of another type than expected. */
@NullMarked
package dev.fettle.templates.casts;

import org.jspecify.annotations.NullMarked;
