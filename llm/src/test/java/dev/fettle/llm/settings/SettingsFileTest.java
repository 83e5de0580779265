package dev.fettle.llm.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.llm.settings.LlmSettings.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  private static final Map<String, String> KEYS = Map.of("MY_KEY", "s3cret", "OPENAI_API_KEY", "o");

  @Test
  void readsAllThatAUserMaySay() {
    LlmSettings s =
        read(
            """
            llm:
              provider: openai-compatible
              base-url: http://localhost:8080/v1
              model: qwen
              api-key-env: MY_KEY
              values: values
              temperature: 0
              prices: {input: 2, output: 8}
              budget: {tokens-per-day: 500_000, cost-per-incident: 0.5, timeout: 45s, parallel: 3}
            """);

    assertThat(s.provider()).isEqualTo(Provider.OPENAI_COMPATIBLE);
    assertThat(s.display()).isEqualTo("openai-compatible:qwen");
    assertThat(s.key().orElseThrow().reveal()).isEqualTo("s3cret");
    assertThat(s.values()).isEqualTo(Values.VALUES);
    assertThat(s.budget().timeout()).isEqualTo(Duration.ofSeconds(45));
    assertThat(s.budget().tokensPerDay()).isEqualTo(500_000);
    assertThat(s.prices().orElseThrow().of(1_000_000, 1_000_000)).isEqualTo(10);
  }

  @Test
  void noVectorsAreAskedForUnlessAModelOfThemIsNamed() {
    assertThat(read("llm: {provider: ollama, model: m}").embeddingModel()).isEmpty();
    assertThat(
            read("llm: {provider: ollama, model: m, embedding-model: nomic-embed-text}")
                .embeddingModel())
        .contains("nomic-embed-text");
  }

  @Test
  void saysThatAnthropicOffersNoEmbeddings() {
    assertThatThrownBy(
            () ->
                read(
                    "llm: {provider: anthropic, model: m, api-key-env: MY_KEY, embedding-model: e}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("anthropic offers no embeddings");
  }

  @Test
  void anotherServerIsNotAskedForTheFilesEmbeddingModel() {
    LlmSettings file = read("llm: {provider: ollama, model: m, embedding-model: e}");

    assertThat(SettingsFile.chosen(file, "openai:gpt", KEYS).embeddingModel()).isEmpty();
    assertThat(SettingsFile.chosen(file, "ollama:other", KEYS).embeddingModel()).contains("e");
    assertThat(SettingsFile.chosen(file, "replay:/tapes", KEYS).embeddingModel()).contains("e");
  }

  @Test
  void asksNobodyByDefault() {
    assertThat(read("other: 1").on()).isFalse();
    assertThat(read("").on()).isFalse();
    assertThat(SettingsFile.read(Path.of("/no/such/file"), KEYS).on()).isFalse();
  }

  @Test
  void aKeyNeverPrints() {
    assertThat(read("llm: {provider: openai, model: m, api-key-env: MY_KEY}").toString())
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llm: {provider: skynet}",
        "llm: {provider: openai}",
        "llm: {provider: openai, model: m, api-key: sk-in-a-file}",
        "llm: {provider: openai, model: m, api-key-env: NOT_SET}",
        "llm: {provider: openai-compatible, model: m}",
        "llm: {provider: ollama, model: m, base-url: 'ftp://x'}",
        "llm: {provider: ollama, model: m, base-url: 'http://169.254.169.254/latest'}",
        "llm: {provider: ollama, model: m, base-url: 'http://2852039166/'}",
        "llm: {provider: ollama, model: m, base-url: 'http://[::ffff:169.254.169.254]/'}",
        "llm: {provider: ollama, model: m, base-url: 'http://metadata.google.internal/'}",
        "llm: {provider: ollama, model: m, base-url: 'http://u:p@host/'}",
        "llm: {provider: openai, model: m, base-url: 'http://example.com/v1'}",
        "llm: {provider: replay}",
        "llm: {provider: ollama, model: m, budget: {timeout: soon}}",
        "llm: {provider: ollama, model: m, budget: {cost-per-incident: 1}}",
        "llm: {provider: ollama, model: m, budget: {parallel: 0}}",
        "llm: [1]",
        "llm: {provider: !!java.net.URL [x]}",
        "llm: &a {provider: *a}",
      })
  void refusesAndSaysWhatItExpected(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(SettingsException.class);
  }

  @Test
  void aRepositoryMaySwitchOffAndLowerNothingElse() {
    LlmSettings user = read("llm: {provider: ollama, model: m, values: values}");

    assertThat(SettingsFile.narrowed(user, "llm: {provider: none}").on()).isFalse();
    assertThat(SettingsFile.narrowed(user, "llm: {values: shapes}").values())
        .isEqualTo(Values.SHAPES);
    LlmSettings lower =
        SettingsFile.narrowed(
            user, "llm: {budget: {tokens-per-day: 10, timeout: 90s, parallel: 1}}");
    assertThat(lower.budget().tokensPerDay()).isEqualTo(10);
    assertThat(lower.budget().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(lower.budget().parallel()).isEqualTo(1);
    assertThat(SettingsFile.narrowed(user, "version: 1")).isEqualTo(user);
    LlmSettings shapes = user.telling(Values.SHAPES);
    assertThat(SettingsFile.narrowed(shapes, "llm: {values: values}").values())
        .isEqualTo(Values.SHAPES);
  }

  @Test
  void aRepositoryMayLowerWhatAnIncidentCosts() {
    LlmSettings user =
        read(
            "llm: {provider: ollama, model: m, prices: {input: 1, output: 2},"
                + " budget: {cost-per-incident: 0.5}}");

    assertThat(cost(user, "0.1")).hasValue(0.1);
    assertThat(cost(user, "0")).hasValue(0);
    assertThat(cost(user, "7")).as("never raised").hasValue(0.5);
    LlmSettings open = read("llm: {provider: ollama, model: m, prices: {input: 1, output: 2}}");
    assertThat(cost(open, "0.1")).as("a limit where there was none").hasValue(0.1);
  }

  @Test
  void aCostThatCannotBeCountedIsNotPromised() {
    LlmSettings unpriced = read("llm: {provider: ollama, model: m}");

    assertThatThrownBy(() -> cost(unpriced, "0.1"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("names no prices");
    assertThatThrownBy(() -> cost(unpriced, "cheap")).isInstanceOf(SettingsException.class);
  }

  private static OptionalDouble cost(LlmSettings user, String cost) {
    return SettingsFile.narrowed(user, "llm: {budget: {cost-per-incident: " + cost + "}}")
        .budget()
        .costPerIncident();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llm: {provider: openai}",
        "llm: {base-url: 'http://evil.example/v1'}",
        "llm: {model: other}",
        "llm: {api-key-env: AWS_SECRET_ACCESS_KEY}",
        "llm: {api-key-file: /etc/passwd}",
        "llm: {record: /tmp/x}",
      })
  void aRepositoryCannotNameAServerAModelOrAKey(String text) {
    assertThatThrownBy(() -> SettingsFile.narrowed(read("llm: {provider: ollama, model: m}"), text))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void theCommandLineMayChooseProviderAndModel() {
    LlmSettings file = read("llm: {provider: ollama, model: m, base-url: 'http://gpu:11434'}");

    assertThat(SettingsFile.chosen(file, "", KEYS)).isEqualTo(file);
    assertThat(SettingsFile.chosen(file, "ollama:big", KEYS).display()).isEqualTo("ollama:big");
    assertThat(SettingsFile.chosen(file, "ollama:big", KEYS).baseUrl())
        .isEqualTo("http://gpu:11434");
    assertThat(SettingsFile.chosen(file, "openai:gpt", KEYS).key().orElseThrow().reveal())
        .isEqualTo("o");
    assertThatThrownBy(() -> SettingsFile.chosen(file, "openai", KEYS))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void anotherProviderKeepsWhatTheFileSaysOfAsking() {
    LlmSettings file =
        read(
            "llm: {provider: ollama, model: m, values: values, record: /tapes, temperature: 0.3,"
                + " prices: {input: 1, output: 2}, budget: {cost-per-incident: 0.5}}");

    LlmSettings chosen = SettingsFile.chosen(file, "openai:gpt", KEYS);

    assertThat(chosen.display()).isEqualTo("openai:gpt");
    assertThat(chosen.baseUrl()).isEqualTo("https://api.openai.com/v1");
    assertThat(chosen.values()).isEqualTo(Values.VALUES);
    assertThat(chosen.record()).contains(Path.of("/tapes"));
    assertThat(chosen.temperature()).hasValue(0.3);
    assertThat(chosen.prices()).isEqualTo(file.prices());
    assertThat(chosen.budget()).isEqualTo(file.budget());
  }

  @Test
  void theKeyOfOneProviderDoesNotGoToAnother() {
    LlmSettings file = read("llm: {provider: anthropic, model: m, api-key-env: MY_KEY}");

    assertThat(SettingsFile.chosen(file, "ollama:m", KEYS).key()).isEmpty();
    assertThat(SettingsFile.chosen(file, "openai:m", KEYS).key().orElseThrow().reveal())
        .isEqualTo("o");
  }

  @Test
  void theCommandLineMayNameAFolder() {
    LlmSettings file = read("llm: {provider: replay, folder: /old}");

    assertThat(SettingsFile.chosen(file, "replay", KEYS).folder()).contains(Path.of("/old"));
    assertThat(SettingsFile.chosen(file, "replay:/new", KEYS).folder()).contains(Path.of("/new"));
    assertThat(SettingsFile.chosen(file, "exchange:/x", KEYS).provider())
        .isEqualTo(Provider.EXCHANGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exchange", "openai-compatible:m", "openai", "skynet:m"})
  void theCommandLineSaysWhatAChoiceMisses(String choice) {
    assertThatThrownBy(() -> SettingsFile.chosen(LlmSettings.none(), choice, KEYS))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("--llm: ");
  }

  @Test
  void aFileThatSomebodyNamedMustBeThere() {
    assertThatThrownBy(() -> SettingsFile.named(Path.of("/no/such/file"), KEYS))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("no such file");
  }

  private static LlmSettings read(String text) {
    return SettingsFile.parse("config.yml", text, KEYS);
  }
}
