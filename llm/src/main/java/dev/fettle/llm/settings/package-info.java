/** Which model may be asked, how much it may cost, and what it may be told. */
@NullMarked
package dev.fettle.llm.settings;

import org.jspecify.annotations.NullMarked;
