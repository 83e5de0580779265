/** What being healable, failing and healing cost a program. */
@NullMarked
package dev.fettle.bench.healcost;

import org.jspecify.annotations.NullMarked;
