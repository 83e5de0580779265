/** What Fettle itself costs around a call of a language model. */
@NullMarked
package dev.fettle.bench.model;

import org.jspecify.annotations.NullMarked;
