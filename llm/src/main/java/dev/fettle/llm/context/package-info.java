/** What a model is told of a failure: chosen, cut to a budget, redacted, marked by origin. */
@NullMarked
package dev.fettle.llm.context;

import org.jspecify.annotations.NullMarked;
