/** How sure one may be of a patch, learned from patches whose truth is known, and why. */
@NullMarked
package dev.fettle.engine.confidence;

import org.jspecify.annotations.NullMarked;
