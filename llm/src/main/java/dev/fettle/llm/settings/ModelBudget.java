package dev.fettle.llm.settings;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What asking may cost.
 *
 * @param tokensPerDay questions and answers together, per UTC day
 * @param costPerIncident in the currency of the prices; empty for no limit
 * @param timeout for one question with all its retries
 * @param parallel questions at once
 * @param contextTokens of one question at most
 * @param answerTokens of one answer at most
 */
public record ModelBudget(
    long tokensPerDay,
    OptionalDouble costPerIncident,
    Duration timeout,
    int parallel,
    int contextTokens,
    int answerTokens) {
  public ModelBudget {
    if (tokensPerDay < 0 || parallel < 1 || contextTokens < 500 || answerTokens < 100) {
      throw new IllegalArgumentException(
          "a budget needs tokens-per-day >= 0, parallel >= 1, context-tokens >= 500 and"
              + " answer-tokens >= 100");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout must be positive, was " + timeout);
    }
  }

  /** A few hundred questions a day, half a minute each. */
  public static ModelBudget defaults() {
    return new ModelBudget(
        2_000_000, OptionalDouble.empty(), Duration.ofSeconds(30), 2, 12_000, 4_000);
  }

  /** The same with another time for one question. */
  public ModelBudget waiting(Duration other) {
    return new ModelBudget(
        tokensPerDay, costPerIncident, other, parallel, contextTokens, answerTokens);
  }

  /** The smaller of the two in every way. */
  public ModelBudget under(ModelBudget other) {
    OptionalDouble cost = costPerIncident;
    if (other.costPerIncident.isPresent()) {
      cost =
          OptionalDouble.of(
              Math.min(
                  costPerIncident.orElse(Double.MAX_VALUE), other.costPerIncident.getAsDouble()));
    }
    return new ModelBudget(
        Math.min(tokensPerDay, other.tokensPerDay),
        cost,
        timeout.compareTo(other.timeout) <= 0 ? timeout : other.timeout,
        Math.min(parallel, other.parallel),
        Math.min(contextTokens, other.contextTokens),
        Math.min(answerTokens, other.answerTokens));
  }
}
