/**
 * Frames between agent and server: immutable messages, a versioned and bounded binary codec, and
 * the limits that both sides keep. No dependency, because it also runs inside other people's JVMs.
 */
@NullMarked
package dev.fettle.wire;

import org.jspecify.annotations.NullMarked;
