/** Replaces method bodies of loaded classes, counts how they do, and puts the kept bytes back. */
@NullMarked
package dev.fettle.agent.hotpatch;

import org.jspecify.annotations.NullMarked;
