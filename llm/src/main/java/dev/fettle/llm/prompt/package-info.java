/** The words that models are asked with, as resources with versions. */
@NullMarked
package dev.fettle.llm.prompt;

import org.jspecify.annotations.NullMarked;
