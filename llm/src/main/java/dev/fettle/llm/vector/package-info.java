/** Texts as vectors through a provider's embeddings, kept so that each is asked about once. */
@NullMarked
package dev.fettle.llm.vector;

import org.jspecify.annotations.NullMarked;
