/**
 * What an application may depend on to say how it wants to be healed. The agent reads the
 * annotations from class files by name: they need not be on the class path at run time. No
 * dependencies.
 */
@NullMarked
package dev.fettle.annotations;

import org.jspecify.annotations.NullMarked;
