/**
 * What can be done about a failing statement, and how one is chosen: remedies, the facts they are
 * chosen by, a prior that was learned from outcomes, and what this process learned itself.
 */
@NullMarked
package dev.fettle.agent.heal.remedy;

import org.jspecify.annotations.NullMarked;
