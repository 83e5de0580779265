package dev.fettle.llm.client;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.LanguageModel;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;

/** Opens models that are reached over the network. */
public final class Remote {
  private Remote() {}

  /**
   * @param environment for proxies
   * @param nanos monotonic time
   */
  public static LanguageModel open(
      LlmSettings settings,
      Ledger ledger,
      Map<String, String> environment,
      InstantSource clock,
      LongSupplier nanos) {
    return open(settings, ledger, environment, clock, nanos, d -> Thread.sleep(d.toMillis()));
  }

  static LanguageModel open(
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
    return new PacedModel(
        new RemoteModel(settings, client, clock),
        settings.budget(),
        settings.prices().orElse(null),
        ledger,
        new Breaker(nanos),
        clock,
        pause);
  }
}
