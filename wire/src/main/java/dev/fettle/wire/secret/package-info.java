/** What is a secret by its form: one truth for the agent and for what is told to models. */
@NullMarked
package dev.fettle.wire.secret;

import org.jspecify.annotations.NullMarked;
