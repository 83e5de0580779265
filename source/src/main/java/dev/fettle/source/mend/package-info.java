/** Ideas for what the compiler refuses, from its own words. */
@NullMarked
package dev.fettle.source.mend;

import org.jspecify.annotations.NullMarked;
