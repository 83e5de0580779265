/** Groups signals into incidents and keeps floods out. */
@NullMarked
package dev.fettle.engine.monitor;

import org.jspecify.annotations.NullMarked;
