/** What every text passes before it may stand in a question. */
@NullMarked
package dev.fettle.llm.text;

import org.jspecify.annotations.NullMarked;
