/** A generator of patches that asks a model for replacements against named spans. */
@NullMarked
package dev.fettle.llm.repair;

import org.jspecify.annotations.NullMarked;
