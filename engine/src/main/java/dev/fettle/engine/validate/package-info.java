/** Judges candidates and reproductions. The only room that calls a patch plausible. */
@NullMarked
package dev.fettle.engine.validate;

import org.jspecify.annotations.NullMarked;
