package dev.fettle.llm.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where answers come from. */
public enum Provider {
  OPENAI(true, "https://api.openai.com/v1"),
  OPENAI_COMPATIBLE(true, ""),
  ANTHROPIC(true, "https://api.anthropic.com/v1"),
  OLLAMA(true, "http://localhost:11434"),
  REPLAY(false, ""),
  EXCHANGE(false, ""),
  NONE(false, "");

  private final boolean remote;
  private final String baseUrl;

  Provider(boolean remote, String baseUrl) {
    this.remote = remote;
    this.baseUrl = baseUrl;
  }

  /** Whether it is reached over the network. */
  public boolean remote() {
    return remote;
  }

  /** Where it is by default; empty when it has to be said. */
  public String defaultBaseUrl() {
    return baseUrl;
  }

  /** As written in settings: {@code openai-compatible}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The provider of that word. */
  public static Optional<Provider> named(String word) {
    return Arrays.stream(values())
        .filter(p -> p.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /** All words, for messages. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Provider::word).toList();
  }
}
