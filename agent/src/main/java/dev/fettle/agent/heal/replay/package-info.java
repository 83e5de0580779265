/** Runs a statement of a failing frame again, outside the frame, with some of it done otherwise. */
@NullMarked
package dev.fettle.agent.heal.replay;

import org.jspecify.annotations.NullMarked;
