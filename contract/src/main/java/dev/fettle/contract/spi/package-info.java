/** The roles that rooms play for each other. Only composition roots see who plays them. */
@NullMarked
package dev.fettle.contract.spi;

import org.jspecify.annotations.NullMarked;
