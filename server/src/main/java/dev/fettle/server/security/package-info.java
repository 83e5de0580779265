/** Who may reach the server, and from where. */
@NullMarked
package dev.fettle.server.security;

import org.jspecify.annotations.NullMarked;
