/** Delivers what policy allows. */
@NullMarked
package dev.fettle.engine.execute;

import org.jspecify.annotations.NullMarked;
