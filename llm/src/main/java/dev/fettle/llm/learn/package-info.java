/** What was asked, answered, judged and became of it: data to learn from. */
@NullMarked
package dev.fettle.llm.learn;

import org.jspecify.annotations.NullMarked;
