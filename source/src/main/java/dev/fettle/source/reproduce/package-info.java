/**
 * Writes tests that fail as an incident did: captured values become Java expressions, collaborators
 * become stubs that return what was seen. Works from the class files of the project's build, so
 * that generated members (Lombok, records) count and types are never guessed.
 */
@NullMarked
package dev.fettle.source.reproduce;

import org.jspecify.annotations.NullMarked;
