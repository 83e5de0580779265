/** Templates for arithmetic that has no result. */
@NullMarked
package dev.fettle.templates.arithmetic;

import org.jspecify.annotations.NullMarked;
