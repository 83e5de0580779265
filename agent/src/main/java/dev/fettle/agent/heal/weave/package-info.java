/** Covers the regions of methods with handlers that ask how to go on. */
@NullMarked
package dev.fettle.agent.heal.weave;

import org.jspecify.annotations.NullMarked;
