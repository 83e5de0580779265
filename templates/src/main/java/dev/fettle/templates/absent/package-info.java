/** Templates for elements that are not there. */
@NullMarked
package dev.fettle.templates.absent;

import org.jspecify.annotations.NullMarked;
