/** The one road from incident to outcome, and who may walk it when. */
@NullMarked
package dev.fettle.engine.loop;

import org.jspecify.annotations.NullMarked;
