/** Patches running instances: one first, watched, then all; reverted when things get worse. */
@NullMarked
package dev.fettle.delivery.hotpatch;

import org.jspecify.annotations.NullMarked;
