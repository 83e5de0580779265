package dev.fettle.agent.heal.remedy;

/**
 * A remedy that fits a place.
 *
 * @param confidence that it is right, in [0, 1]
 */
record Ranked(Remedy remedy, Plan plan, double confidence) {}
