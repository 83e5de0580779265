/** Templates for recursion that does not end. */
@NullMarked
package dev.fettle.templates.recursion;

import org.jspecify.annotations.NullMarked;
