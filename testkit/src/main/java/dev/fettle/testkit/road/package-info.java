/** Doubles of the road's roles, for tests of what happens between them. */
@NullMarked
package dev.fettle.testkit.road;

import org.jspecify.annotations.NullMarked;
