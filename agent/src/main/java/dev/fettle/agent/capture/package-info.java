/**
 * Copies values of a failing frame by reading fields: no method of the application is ever called,
 * nothing of it is kept, and everything is bounded.
 */
@NullMarked
package dev.fettle.agent.capture;

import org.jspecify.annotations.NullMarked;
