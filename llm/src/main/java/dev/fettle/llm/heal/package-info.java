/** A healer that asks a model what to do at a failing statement of a running program. */
@NullMarked
package dev.fettle.llm.heal;

import org.jspecify.annotations.NullMarked;
