package dev.fettle.llm.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the owner of this installation set up. The default asks nobody.
 *
 * @param model as the provider names it; empty for replay, exchange and none
 * @param baseUrl of the server; empty for those without one
 * @param key the secret itself, read from the environment or a file; never printed or stored
 * @param folder of recordings or of the exchange; empty for the others
 * @param record where question and answer are kept for replay; empty for nowhere
 * @param batch exchange only: write questions and do not wait
 * @param values whether values of variables may be told, or only their types and shapes
 * @param temperature empty leaves it to the server
 * @param prices of a million tokens, question and answer; empty when unknown
 * @param embeddingModel as the provider names the model that turns texts into vectors; empty when
 *     none is asked
 */
public record LlmSettings(
    Provider provider,
    String model,
    String baseUrl,
    Optional<Secret> key,
    Optional<Path> folder,
    Optional<Path> record,
    boolean batch,
    Values values,
    OptionalDouble temperature,
    Optional<Prices> prices,
    ModelBudget budget,
    Optional<String> embeddingModel) {

  /** How long a folder's answers are waited for where nobody said otherwise. */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  /** How much of a variable is told. */
  public enum Values {
    /** Types, lengths, whether null. */
    SHAPES,
    /** Redacted values. */
    VALUES
  }

  /**
   * Cost of a million tokens, in any one currency.
   *
   * @param input of questions
   * @param output of answers
   */
  public record Prices(double input, double output) {
    public Prices {
      if (!(input >= 0 && output >= 0)) {
        throw new IllegalArgumentException("negative price: " + input + ", " + output);
      }
    }

    /** What so many tokens cost. */
    public double of(long inputTokens, long outputTokens) {
      return (inputTokens * input + outputTokens * output) / 1e6;
    }
  }

  /** A key that does not print. */
  public static final class Secret {
    private final String value;

    public Secret(String value) {
      this.value = value;
    }

    /** The key itself. */
    public String reveal() {
      return value;
    }

    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /** Asks nobody. */
  public static LlmSettings none() {
    return new LlmSettings(
        Provider.NONE,
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Values.SHAPES,
        OptionalDouble.empty(),
        Optional.empty(),
        ModelBudget.defaults(),
        Optional.empty());
  }

  /** Answers from a folder of recordings. */
  public static LlmSettings replaying(Path folder) {
    return none().with(Provider.REPLAY, folder, false);
  }

  /**
   * Asks through a folder; {@code batch} does not wait for answers. A person may answer: each
   * question waits {@link #PATIENCE}.
   */
  public static LlmSettings exchanging(Path folder, boolean batch) {
    LlmSettings exchange = none().with(Provider.EXCHANGE, folder, batch);
    return batch ? exchange : exchange.within(exchange.budget.waiting(PATIENCE));
  }

  private LlmSettings with(Provider other, Path where, boolean inBatch) {
    return new LlmSettings(
        other,
        "",
        "",
        Optional.empty(),
        Optional.of(where),
        Optional.empty(),
        inBatch,
        values,
        temperature,
        prices,
        budget,
        embeddingModel);
  }

  /** The same, keeping questions and answers. */
  public LlmSettings recording(Path where) {
    return new LlmSettings(
        provider,
        model,
        baseUrl,
        key,
        folder,
        Optional.of(where),
        batch,
        values,
        temperature,
        prices,
        budget,
        embeddingModel);
  }

  /** The same with another budget. */
  public LlmSettings within(ModelBudget other) {
    return new LlmSettings(
        provider,
        model,
        baseUrl,
        key,
        folder,
        record,
        batch,
        values,
        temperature,
        prices,
        other,
        embeddingModel);
  }

  /** The same, telling so much of variables. */
  public LlmSettings telling(Values other) {
    return new LlmSettings(
        provider,
        model,
        baseUrl,
        key,
        folder,
        record,
        batch,
        other,
        temperature,
        prices,
        budget,
        embeddingModel);
  }

  /** The same, finding similar incidents by vectors too. */
  public LlmSettings embedding(String embeddings) {
    return new LlmSettings(
        provider,
        model,
        baseUrl,
        key,
        folder,
        record,
        batch,
        values,
        temperature,
        prices,
        budget,
        Optional.of(embeddings));
  }

  /** Whether anybody would be asked. */
  public boolean on() {
    return provider != Provider.NONE;
  }

  /** For people: {@code ollama:qwen2.5-coder}. */
  public String display() {
    return provider.word() + (model.isEmpty() ? "" : ":" + model);
  }
}
