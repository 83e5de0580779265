/** Compiles healing snippets in confined children: a compiler is an attack surface. */
@NullMarked
package dev.fettle.sandbox.snippet;

import org.jspecify.annotations.NullMarked;
