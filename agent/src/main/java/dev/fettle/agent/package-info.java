/** The agent inside the host's JVM: starts here, in a class loader of its own. */
@NullMarked
package dev.fettle.agent;

import org.jspecify.annotations.NullMarked;
