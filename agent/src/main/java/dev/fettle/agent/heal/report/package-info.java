/**
 * What happens after a heal, and whether one may happen: the switch, the log line, the event with
 * the state before and after, the counters, and what became of it.
 */
@NullMarked
package dev.fettle.agent.heal.report;

import org.jspecify.annotations.NullMarked;
