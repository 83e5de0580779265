/** How children of the sandbox are confined, started, watched and ended. */
@NullMarked
package dev.fettle.sandbox.confine;

import org.jspecify.annotations.NullMarked;
