/** Heals as the server keeps, shows and allows them. */
@NullMarked
package dev.fettle.server.heal;

import org.jspecify.annotations.NullMarked;
