/** The agent's options, and what it finds out about the application that it was started with. */
@NullMarked
package dev.fettle.agent.options;

import org.jspecify.annotations.NullMarked;
