/** The failing revision as an immutable tree, and who last touched what. */
@NullMarked
package dev.fettle.checkout;

import org.jspecify.annotations.NullMarked;
