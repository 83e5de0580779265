/** What the laboratory writes into classes as they are loaded, whatever for. */
@NullMarked
package dev.fettle.lab.weave;

import org.jspecify.annotations.NullMarked;
