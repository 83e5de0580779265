/** Validation steps that run code. */
@NullMarked
package dev.fettle.sandbox.steps;

import org.jspecify.annotations.NullMarked;
