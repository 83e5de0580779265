/**
 * The facts that travel the road: signal, incident, diagnosis, candidate, verdict, delivery,
 * outcome. Immutable records and sealed types; constructors refuse nonsense.
 */
@NullMarked
package dev.fettle.contract.model;

import org.jspecify.annotations.NullMarked;
