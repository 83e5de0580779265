package dev.fettle.llm.talk;

/**
 * What a model said, unread.
 *
 * @param model who said it
 * @param inputTokens as the server counted them, or estimated
 * @param estimated whether the server gave no count
 */
public record Answer(
    String text, String model, long inputTokens, long outputTokens, boolean estimated) {
  public Answer {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException(
          "negative tokens: " + inputTokens + " and " + outputTokens);
    }
  }
}
