/** Healing snippets as source: what they do, and the class that they become. */
@NullMarked
package dev.fettle.source.snippet;

import org.jspecify.annotations.NullMarked;
