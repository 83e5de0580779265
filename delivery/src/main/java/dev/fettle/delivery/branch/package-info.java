/** Commits to a branch of its own in the user's repository. */
@NullMarked
package dev.fettle.delivery.branch;

import org.jspecify.annotations.NullMarked;
