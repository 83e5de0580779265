package dev.fettle.llm.settings;

import dev.fettle.llm.settings.LlmSettings.Prices;
import dev.fettle.llm.settings.LlmSettings.Secret;
import dev.fettle.llm.settings.LlmSettings.Values;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads the {@code llm:} section of the user's {@code config.yml}, of a server's file, and the far
 * smaller one that a repository's {@code .fettle.yml} may have. Stateless.
 */
public final class SettingsFile {
  /** Where a user's settings lie below the configuration directory. */
  public static final String USER = "fettle/config.yml";

  private static final int LIMIT = 64 * 1024;
  private static final Set<String> OWN =
      Set.of(
          "provider",
          "model",
          "base-url",
          "api-key-env",
          "api-key-file",
          "folder",
          "record",
          "batch",
          "values",
          "temperature",
          "prices",
          "embedding-model",
          "budget");
  private static final Set<String> BUDGET =
      Set.of(
          "tokens-per-day",
          "cost-per-incident",
          "timeout",
          "parallel",
          "context-tokens",
          "answer-tokens");

  private SettingsFile() {}

  /**
   * The user's file: {@code $XDG_CONFIG_HOME/fettle/config.yml}, else {@code
   * ~/.config/fettle/config.yml}.
   */
  public static Path user(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return (xdg.isEmpty() ? Path.of(home, ".config") : Path.of(xdg)).resolve(USER);
  }

  /**
   * Settings of a file; {@link LlmSettings#none} when there is no file or it has no such section.
   *
   * @throws SettingsException when something in it is wrong, saying what was expected
   */
  public static LlmSettings read(Path file, Map<String, String> environment) {
    if (!Files.isRegularFile(file)) {
      return LlmSettings.none();
    }
    try {
      if (Files.size(file) > LIMIT) {
        throw new SettingsException(file + ": larger than " + LIMIT + " bytes");
      }
      return parse(file.toString(), Files.readString(file), environment);
    } catch (IOException e) {
      throw new SettingsException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /**
   * As {@link #read}, of a file that somebody named.
   *
   * @throws SettingsException also when it is not there
   */
  public static LlmSettings named(Path file, Map<String, String> environment) {
    if (!Files.isRegularFile(file)) {
      throw new SettingsException(file + ": no such file; expected one with an llm: section");
    }
    return read(file, environment);
  }

  /** Settings of a text. */
  static LlmSettings parse(String name, String text, Map<String, String> environment) {
    return new Section(name, section(name, text), environment).settings();
  }

  /**
   * What a repository's own file leaves of the settings: it may say {@code provider: none}, lower a
   * budget, or forbid values; it can neither name a server nor a key.
   *
   * @param text of {@code .fettle.yml}
   */
  public static LlmSettings narrowed(LlmSettings settings, String text) {
    Section section = new Section(".fettle.yml", section(".fettle.yml", text), Map.of());
    return section.narrow(settings);
  }

  /**
   * A provider and model as given on a command line. What else the file says of asking holds for
   * them too: how much is told, recording, temperature, prices and budget; the server and the key
   * are those of the provider.
   *
   * @param choice {@code PROVIDER}, {@code PROVIDER:MODEL}, or {@code replay:FOLDER} and {@code
   *     exchange:FOLDER}; empty for what the file says
   */
  public static LlmSettings chosen(
      LlmSettings file, String choice, Map<String, String> environment) {
    if (choice.isEmpty()) {
      return file;
    }
    int colon = choice.indexOf(':');
    String what = colon < 0 ? "" : choice.substring(colon + 1);
    Map<String, Node> none = Map.of();
    Section section = new Section("--llm", none, environment);
    Provider provider = section.provider(colon < 0 ? choice : choice.substring(0, colon));
    if (provider == file.provider() && what.isEmpty()) {
      return file;
    }
    if (provider == Provider.REPLAY || provider == Provider.EXCHANGE) {
      return section.folder(file, provider, what);
    }
    return provider == file.provider()
        ? section.with(file, what)
        : section.other(file, provider, what);
  }

  private static Map<String, Node> section(String name, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LIMIT);
    options.setMaxAliasesForCollections(5);
    options.setNestingDepthLimit(10);
    options.setAllowRecursiveKeys(false);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      Node llm = root == null ? null : entries(name, root).get("llm");
      return llm == null ? Map.of() : entries(name, llm);
    } catch (YAMLException e) {
      throw new SettingsException(name + ": not YAML: " + e.getMessage());
    }
  }

  private static Map<String, Node> entries(String name, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new SettingsException(name + ": expected a mapping" + at(node));
    }
    Map<String, Node> entries = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        entries.put(key.getValue(), tuple.getValueNode());
      }
    }
    return entries;
  }

  private static String at(Node node) {
    return node.getStartMark() == null ? "" : " in line " + (node.getStartMark().getLine() + 1);
  }

  /** One section being read. */
  private record Section(String name, Map<String, Node> keys, Map<String, String> environment) {

    LlmSettings settings() {
      if (keys.isEmpty()) {
        return LlmSettings.none();
      }
      known(keys.keySet(), OWN, "llm");
      return of(provider(text("provider").orElse("none")), text("model").orElse(""));
    }

    private LlmSettings of(Provider provider, String model) {
      if (provider.remote() && model.isEmpty()) {
        throw wrong("provider " + provider.word() + " needs a model: model: NAME");
      }
      String base = text("base-url").orElse(provider.defaultBaseUrl());
      if (provider.remote() && base.isEmpty()) {
        throw wrong("provider " + provider.word() + " needs base-url: http(s)://HOST[:PORT]/...");
      }
      Optional<Path> folder = text("folder").map(Path::of);
      boolean files = provider == Provider.REPLAY || provider == Provider.EXCHANGE;
      if (files && folder.isEmpty()) {
        throw wrong("provider " + provider.word() + " needs folder: PATH");
      }
      Optional<Secret> key = key(provider);
      Endpoint.check(provider.remote() ? base : "", key.isPresent());
      ModelBudget budget = budget(LlmSettings.none().budget());
      Optional<Prices> prices = prices();
      if (budget.costPerIncident().isPresent() && prices.isEmpty()) {
        throw wrong("cost-per-incident needs prices: {input: N, output: N} per million tokens");
      }
      return new LlmSettings(
          provider,
          model,
          provider.remote() ? base : "",
          key,
          folder,
          text("record").map(Path::of),
          bool("batch"),
          values(),
          number("temperature"),
          prices,
          budget,
          embeddings(provider));
    }

    private Optional<String> embeddings(Provider provider) {
      Optional<String> embeddings = text("embedding-model").filter(name -> !name.isBlank());
      if (embeddings.isPresent() && provider == Provider.ANTHROPIC) {
        throw wrong(
            "embedding-model: provider anthropic offers no embeddings; leave it out and similar"
                + " incidents are found by their words alone");
      }
      return embeddings;
    }

    LlmSettings with(LlmSettings file, String model) {
      return chosen(
          file,
          file.provider(),
          model,
          file.baseUrl(),
          file.key(),
          Optional.empty(),
          file.embeddingModel());
    }

    /**
     * Another provider than the file's: at its own server, with its own key and without the file's
     * embedding model, which it does not know.
     */
    LlmSettings other(LlmSettings file, Provider provider, String model) {
      if (provider.remote() && provider.defaultBaseUrl().isEmpty()) {
        throw wrong(
            "provider "
                + provider.word()
                + " needs base-url, which stands in the llm section of the configuration");
      }
      if (provider.remote() && model.isEmpty()) {
        throw wrong("provider " + provider.word() + " needs a model: " + provider.word() + ":NAME");
      }
      return chosen(
          file,
          provider,
          model,
          provider.defaultBaseUrl(),
          key(provider),
          Optional.empty(),
          Optional.empty());
    }

    LlmSettings folder(LlmSettings file, Provider provider, String folder) {
      if (folder.isEmpty()) {
        throw wrong(
            "provider " + provider.word() + " needs a folder: " + provider.word() + ":PATH");
      }
      return chosen(
          file,
          provider,
          "",
          "",
          Optional.empty(),
          Optional.of(Path.of(folder)),
          file.embeddingModel());
    }

    private static LlmSettings chosen(
        LlmSettings file,
        Provider provider,
        String model,
        String baseUrl,
        Optional<Secret> key,
        Optional<Path> folder,
        Optional<String> embeddings) {
      return new LlmSettings(
          provider,
          model,
          baseUrl,
          key,
          folder,
          file.record(),
          file.batch(),
          file.values(),
          file.temperature(),
          file.prices(),
          file.budget(),
          embeddings);
    }

    LlmSettings narrow(LlmSettings settings) {
      known(keys.keySet(), Set.of("provider", "values", "budget"), "llm of a repository");
      Optional<String> word = text("provider");
      if (word.isPresent() && provider(word.get()) != Provider.NONE) {
        throw wrong("a repository may only say provider: none");
      }
      if (word.isPresent()) {
        return LlmSettings.none();
      }
      ModelBudget wanted = budget(settings.budget());
      if (wanted.costPerIncident().isPresent() && settings.prices().isEmpty()) {
        throw wrong("cost-per-incident cannot be kept: the user's configuration names no prices");
      }
      LlmSettings narrow = settings.within(settings.budget().under(wanted));
      return keys.containsKey("values") && values() == Values.SHAPES
          ? narrow.telling(Values.SHAPES)
          : narrow;
    }

    Provider provider(String word) {
      return Provider.named(word)
          .orElseThrow(
              () -> wrong("unknown provider " + word + "; expected one of " + Provider.words()));
    }

    private Values values() {
      String word = text("values").orElse("shapes").toUpperCase(Locale.ROOT);
      if (!word.equals("SHAPES") && !word.equals("VALUES")) {
        throw wrong("values is " + word + "; expected shapes or values");
      }
      return Values.valueOf(word);
    }

    private Optional<Secret> key(Provider provider) {
      Optional<String> variable = text("api-key-env");
      Optional<String> file = text("api-key-file");
      if (variable.isEmpty() && file.isEmpty()) {
        variable =
            switch (provider) {
              case OPENAI -> Optional.of("OPENAI_API_KEY");
              case ANTHROPIC -> Optional.of("ANTHROPIC_API_KEY");
              default -> Optional.empty();
            };
      }
      String value = "";
      if (variable.isPresent()) {
        value = environment.getOrDefault(variable.get(), "").strip();
        if (value.isEmpty()) {
          throw wrong("the environment has no " + variable.get() + ", which should hold the key");
        }
      } else if (file.isPresent()) {
        try {
          value = Files.readString(Path.of(file.get())).strip();
        } catch (IOException e) {
          throw wrong("cannot read api-key-file " + file.get());
        }
      }
      return value.isEmpty() ? Optional.empty() : Optional.of(new Secret(value));
    }

    private Optional<Prices> prices() {
      Node node = keys.get("prices");
      if (node == null) {
        return Optional.empty();
      }
      Section inner = new Section(name, entries(name, node), environment);
      known(inner.keys.keySet(), Set.of("input", "output"), "prices");
      return Optional.of(
          new Prices(inner.number("input").orElse(0), inner.number("output").orElse(0)));
    }

    private ModelBudget budget(ModelBudget otherwise) {
      Node node = keys.get("budget");
      if (node == null) {
        return otherwise;
      }
      Section inner = new Section(name, entries(name, node), environment);
      known(inner.keys.keySet(), BUDGET, "budget");
      OptionalDouble cost = inner.number("cost-per-incident");
      try {
        return new ModelBudget(
            (long) inner.number("tokens-per-day").orElse((double) otherwise.tokensPerDay()),
            cost.isPresent() ? cost : otherwise.costPerIncident(),
            inner.duration("timeout").orElse(otherwise.timeout()),
            (int) inner.number("parallel").orElse(otherwise.parallel()),
            (int) inner.number("context-tokens").orElse(otherwise.contextTokens()),
            (int) inner.number("answer-tokens").orElse(otherwise.answerTokens()));
      } catch (IllegalArgumentException e) {
        throw wrong(String.valueOf(e.getMessage()));
      }
    }

    private Optional<String> text(String key) {
      Node node = keys.get(key);
      if (node == null) {
        return Optional.empty();
      }
      if (!(node instanceof ScalarNode scalar)) {
        throw wrong(key + " should be a word" + at(node));
      }
      return Optional.of(scalar.getValue());
    }

    private boolean bool(String key) {
      String word = text(key).orElse("false");
      if (!word.equals("true") && !word.equals("false")) {
        throw wrong(key + " is " + word + "; expected true or false");
      }
      return word.equals("true");
    }

    private OptionalDouble number(String key) {
      Optional<String> word = text(key);
      if (word.isEmpty()) {
        return OptionalDouble.empty();
      }
      try {
        double value = Double.parseDouble(word.get().replace("_", ""));
        if (value >= 0 && value < 1e15) {
          return OptionalDouble.of(value);
        }
      } catch (NumberFormatException e) {
        throw wrong(key + " is " + word.get() + "; expected a number");
      }
      throw wrong(key + " is " + word.get() + "; expected a number from 0");
    }

    private Optional<Duration> duration(String key) {
      Optional<String> word = text(key);
      if (word.isEmpty()) {
        return Optional.empty();
      }
      java.util.regex.Matcher m =
          java.util.regex.Pattern.compile("(\\d{1,6})(ms|s|m)").matcher(word.get());
      if (!m.matches()) {
        throw wrong(key + " is " + word.get() + "; expected a duration such as 30s");
      }
      long count = Long.parseLong(m.group(1));
      return Optional.of(
          switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
          });
    }

    private void known(Set<String> found, Set<String> allowed, String where) {
      List<String> unknown = found.stream().filter(k -> !allowed.contains(k)).sorted().toList();
      if (!unknown.isEmpty()) {
        throw wrong(
            where
                + " has no "
                + String.join(", ", unknown)
                + "; expected "
                + String.join(", ", allowed.stream().sorted().toList()));
      }
    }

    private SettingsException wrong(String message) {
      return new SettingsException(name + ": " + message);
    }
  }
}
