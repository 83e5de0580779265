/**
 * The Java front end: which file holds a class, its typed syntax trees with offsets, and edits as
 * text replacements.
 *
 * <p>{@link dev.fettle.source.java.JavaSources} and {@link dev.fettle.source.java.JavaProject} are
 * thread-safe and kept; a {@link dev.fettle.source.java.JavaFile} with every tree, element and type
 * it hands out belongs to the thread that opened it and to one diagnosis or candidate.
 */
@NullMarked
package dev.fettle.source.java;

import org.jspecify.annotations.NullMarked;
