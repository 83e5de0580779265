/** What an application says by annotations, read from its class files by name. */
@NullMarked
package dev.fettle.agent.heal.marks;

import org.jspecify.annotations.NullMarked;
