/**
 * Heals failing frames on the host's threads: decides whether a throwable was anticipated, asks for
 * a treatment, carries its action out within budgets, and reports.
 */
@NullMarked
package dev.fettle.agent.heal.engine;

import org.jspecify.annotations.NullMarked;
