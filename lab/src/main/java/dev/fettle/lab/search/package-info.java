/**
 * Judges candidates: compiles many of them at once, runs each against the tests with limits on
 * steps and memory that are woven into every class under test.
 */
@NullMarked
package dev.fettle.lab.search;

import org.jspecify.annotations.NullMarked;
