/** Compiles and runs code under test in confined children: the laboratory role. */
@NullMarked
package dev.fettle.sandbox;

import org.jspecify.annotations.NullMarked;
