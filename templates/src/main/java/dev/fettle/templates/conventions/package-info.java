/**
 * How this code base treats a missing, empty, unreadable or impossible value: what it throws,
 * returns, skips or puts instead, mined from its own sources and fitted to another place.
 */
@NullMarked
package dev.fettle.templates.conventions;

import org.jspecify.annotations.NullMarked;
