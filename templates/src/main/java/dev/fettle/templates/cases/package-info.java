/** Templates for enum constants that nothing was written for. */
@NullMarked
package dev.fettle.templates.cases;

import org.jspecify.annotations.NullMarked;
