/** The HTTP door for agents. */
@NullMarked
package dev.fettle.server.agents;

import org.jspecify.annotations.NullMarked;
