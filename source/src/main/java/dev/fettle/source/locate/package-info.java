/**
 * Why an incident happened: fault class, failing expression, where the bad value came from. Trees
 * stay inside one diagnosis on one thread.
 */
@NullMarked
package dev.fettle.source.locate;

import org.jspecify.annotations.NullMarked;
