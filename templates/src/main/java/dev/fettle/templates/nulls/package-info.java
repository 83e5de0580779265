/** Templates for values that are null. */
@NullMarked
package dev.fettle.templates.nulls;

import org.jspecify.annotations.NullMarked;
