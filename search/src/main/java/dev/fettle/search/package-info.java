/**
 * The room of search-based patch generation: typed operators over suspicious sites, candidates
 * compiled in batches, conditions synthesized over observed values. Plays {@link
 * dev.fettle.contract.spi.PatchGenerator}; may use {@code source} and, through a role, the
 * laboratory. See {@code docs/rooms/search.md}.
 */
@NullMarked
package dev.fettle.search;

import org.jspecify.annotations.NullMarked;
