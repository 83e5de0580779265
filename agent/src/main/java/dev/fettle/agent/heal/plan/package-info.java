/**
 * What a method looks like to the mechanism that heals: regions between empty operand stacks,
 * statements made of them, loops, and where a failing region may go on. The same bytes give the
 * same plan, when they are woven and when a region fails.
 */
@NullMarked
package dev.fettle.agent.heal.plan;

import org.jspecify.annotations.NullMarked;
