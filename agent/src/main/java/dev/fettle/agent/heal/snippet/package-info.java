/**
 * Snippets that the server sent: proven to be its own, judged again here, run in place of a
 * statement.
 */
@NullMarked
package dev.fettle.agent.heal.snippet;

import org.jspecify.annotations.NullMarked;
