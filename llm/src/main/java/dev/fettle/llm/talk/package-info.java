/**
 * Questions to a language model and what comes back: data of our own schema, or a reason why not.
 */
@NullMarked
package dev.fettle.llm.talk;

import org.jspecify.annotations.NullMarked;
