/** The failing revision as an immutable tree. Reads repositories, decides nothing. */
@NullMarked
package dev.fettle.checkout;

import org.jspecify.annotations.NullMarked;
