/** The terminal: renders and wires, decides nothing. */
@NullMarked
package dev.fettle.cli;

import org.jspecify.annotations.NullMarked;
