package dev.fettle.llm.client;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.LanguageModel;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Models that are reached over the network.
 *
 * @param model answers questions
 * @param embeddings answers with vectors; empty unless a model of embeddings is configured. Budget,
 *     ledger and places are those of {@code model}; whether it is left alone after failures is
 *     decided for itself.
 */
public record Remote(LanguageModel model, Optional<LanguageModel> embeddings) {
  /**
   * Opens what settings name; nothing is sent.
   *
   * @param environment for proxies
   * @param nanos monotonic time
   */
  public static Remote open(
      LlmSettings settings,
      Ledger ledger,
      Map<String, String> environment,
      InstantSource clock,
      LongSupplier nanos) {
    return open(settings, ledger, environment, clock, nanos, d -> Thread.sleep(d.toMillis()));
  }

  static Remote open(
      LlmSettings settings,
      Ledger ledger,
      Map<String, String> environment,
      InstantSource clock,
      LongSupplier nanos,
      PacedModel.Pause pause) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .proxy(new Proxies(environment))
            .build();
    Call call = new Call(client, clock);
    PacedModel model =
        new PacedModel(
            new RemoteModel(settings, call),
            settings.budget(),
            settings.prices().orElse(null),
            ledger,
            new Breaker(nanos),
            clock,
            pause);
    return new Remote(
        model,
        settings
            .embeddingModel()
            .map(
                name ->
                    model.beside(new RemoteEmbeddings(settings, name, call), new Breaker(nanos))));
  }
}
