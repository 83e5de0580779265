/** What the server shows of an incident, once for the API and the pages. Decides nothing. */
@NullMarked
package dev.fettle.server.view;

import org.jspecify.annotations.NullMarked;
