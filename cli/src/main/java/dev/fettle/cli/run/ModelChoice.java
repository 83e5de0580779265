package dev.fettle.cli.run;

import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsException;
import dev.fettle.llm.settings.SettingsFile;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which language model a server would ask, checked before one is started. */
final class ModelChoice {
  private ModelChoice() {}

  /**
   * @param chosen {@code PROVIDER[:MODEL]}; null or empty for what the configuration says
   * @throws CommandFailure when the configuration or the choice is wrong, saying what was expected
   */
  static LlmSettings check(@Nullable String chosen, Map<String, String> environment) {
    String named = environment.getOrDefault("FETTLE_LLM", "");
    String choice = chosen == null ? environment.getOrDefault("FETTLE_LLM_CHOICE", "") : chosen;
    try {
      LlmSettings file =
          named.isEmpty()
              ? SettingsFile.read(SettingsFile.user(environment), environment)
              : SettingsFile.named(Path.of(named), environment);
      return SettingsFile.chosen(file, choice, environment);
    } catch (SettingsException e) {
      throw new CommandFailure(ExitCode.USAGE, "the language model: " + e.getMessage());
    }
  }
}
