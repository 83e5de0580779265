package dev.fettle.agent.options;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where options come from: system properties, then the environment, then the agent's arguments,
 * then its file. {@code fettle.x.y} is {@code FETTLE_X_Y} in the environment and {@code x.y} or
 * {@code fettle.x.y} in the arguments. Immutable.
 */
record OptionSource(
    Map<String, String> properties,
    Map<String, String> environment,
    Map<String, String> arguments,
    Map<String, String> file) {

  /** The value of {@code fettle.<name>}; blank is none. */
  Optional<String> get(String name) {
    String full = "fettle." + name;
    return first(
        properties.get(full),
        environment.get(full.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')),
        arguments.get(name),
        arguments.get(full),
        file.get(full));
  }

  /** Everything told as {@code fettle.<name>.x}, by {@code x}; the environment is not searched. */
  Map<String, String> below(String name) {
    String full = "fettle." + name + ".";
    Map<String, String> found = new TreeMap<>();
    file.forEach((k, v) -> below(full, k, v, found));
    arguments.forEach((k, v) -> below(full, k.startsWith("fettle.") ? k : "fettle." + k, v, found));
    properties.forEach((k, v) -> below(full, k, v, found));
    return found;
  }

  private static void below(String full, String key, String value, Map<String, String> found) {
    if (key.startsWith(full) && !value.isBlank()) {
      found.put(key.substring(full.length()), value.strip());
    }
  }

  Optional<String> environment(String name) {
    return first(environment.get(name));
  }

  Optional<String> property(String name) {
    return first(properties.get(name));
  }

  private static Optional<String> first(@Nullable String... values) {
    for (String value : values) {
      if (value != null && !value.isBlank()) {
        return Optional.of(value.strip());
      }
    }
    return Optional.empty();
  }
}
