/** The server's composition root: wires the rooms and renders what they know. */
@NullMarked
package dev.fettle.server;

import org.jspecify.annotations.NullMarked;
