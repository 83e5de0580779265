/** What code that can be healed calls when it fails, and how it is told to go on. */
@NullMarked
package dev.fettle.boot.heal;

import org.jspecify.annotations.NullMarked;
