/** The dashboard: pages rendered by the server, kept fresh by events. */
@NullMarked
package dev.fettle.server.pages;

import org.jspecify.annotations.NullMarked;
