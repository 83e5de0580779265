/**
 * What the mechanism that heals a frame and those who choose a remedy say to each other: facts
 * about the place, the failure at hand, and what is to be done.
 */
@NullMarked
package dev.fettle.agent.heal;

import org.jspecify.annotations.NullMarked;
