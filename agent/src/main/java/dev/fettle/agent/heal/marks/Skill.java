package dev.fettle.agent.heal.marks;

/**
 * A method that the application registered for remedies.
 *
 * @param name unique within the application; the first one wins
 * @param className binary name of its class
 * @param does one line for people; may be empty
 */
public record Skill(String name, String className, String method, String descriptor, String does) {}
