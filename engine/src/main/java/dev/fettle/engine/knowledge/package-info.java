/** What the journal says of an incident, for people and for going on after a kill. */
@NullMarked
package dev.fettle.engine.knowledge;

import org.jspecify.annotations.NullMarked;
