/** What a delivery changes and says: files before and after, diffs, and the account for people. */
@NullMarked
package dev.fettle.delivery.change;

import org.jspecify.annotations.NullMarked;
