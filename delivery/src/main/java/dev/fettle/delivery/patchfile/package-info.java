/** Writes a patch file that {@code git apply} takes. */
@NullMarked
package dev.fettle.delivery.patchfile;

import org.jspecify.annotations.NullMarked;
