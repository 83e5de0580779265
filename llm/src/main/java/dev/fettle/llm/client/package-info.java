/** Models that are reached over the network: bounded, paced, counted. */
@NullMarked
package dev.fettle.llm.client;

import org.jspecify.annotations.NullMarked;
