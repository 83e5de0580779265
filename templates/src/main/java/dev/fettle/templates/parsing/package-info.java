/** Templates for text that does not parse. */
@NullMarked
package dev.fettle.templates.parsing;

import org.jspecify.annotations.NullMarked;
