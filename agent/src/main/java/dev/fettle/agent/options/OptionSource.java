package dev.fettle.agent.options;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
