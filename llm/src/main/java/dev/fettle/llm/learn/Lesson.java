package dev.fettle.llm.learn;

import java.time.Instant;

/**
 * One answered question and what validation said of the answer.
 *
 * @param incident id of what it was about
 * @param prompt name and version of the prompt
 * @param hash of the question
 * @param verdict {@code passed}, {@code declined}, or the refusing step and why
 */
public record Lesson(
    Instant at,
    String incident,
    String model,
    String prompt,
    String hash,
    String system,
    String user,
    String answer,
    String verdict) {
  /** Whether every step let the answer pass. */
  public boolean passed() {
    return verdict.equals("passed");
  }
}
