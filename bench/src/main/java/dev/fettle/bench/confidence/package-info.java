/**
 * Trains the model of confidence from patches whose truth is known, and says how it is calibrated.
 */
@NullMarked
package dev.fettle.bench.confidence;

import org.jspecify.annotations.NullMarked;
