/** Models that answer from files: recordings, and a folder that others answer in. */
@NullMarked
package dev.fettle.llm.tape;

import org.jspecify.annotations.NullMarked;
