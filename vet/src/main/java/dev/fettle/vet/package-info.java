/**
 * The room that verifies healing snippets: an allow-list over bytecode and a step-counting
 * rewriter, used by the server before it signs a snippet and by the agent before it runs one. See
 * {@code docs/rooms/vet.md}.
 */
@NullMarked
package dev.fettle.vet;

import org.jspecify.annotations.NullMarked;
