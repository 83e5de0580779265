package dev.fettle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {
  private static final Path AGENT = Path.of("/opt/fettle/agent.jar");

  private static ProcessBuilder process(Map<String, String> settings, String... command) {
    return new Application(List.of(command), settings).process(AGENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "/usr/bin/java", "./jdk/bin/java", "java.exe"})
  void javaGetsTheAgentAsItsFirstArgument(String java) {
    ProcessBuilder process = process(Map.of(), java, "-jar", "a.jar", "x y");
    assertThat(process.command())
        .containsExactly(java, "-javaagent:/opt/fettle/agent.jar", "-jar", "a.jar", "x y");
    assertThat(process.environment().getOrDefault("JAVA_TOOL_OPTIONS", ""))
        .doesNotContain("agent.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"./mvnw", "javaw", "sh", "/", "java17"})
  void anythingElseGetsItThroughTheEnvironment(String program) {
    ProcessBuilder process = process(Map.of(), program, "spring-boot:run");
    assertThat(process.command()).containsExactly(program, "spring-boot:run");
    assertThat(process.environment().get("JAVA_TOOL_OPTIONS"))
        .endsWith("-javaagent:/opt/fettle/agent.jar");
  }

  @Test
  void aPathWithBlanksIsQuotedInTheEnvironment() {
    ProcessBuilder process =
        new Application(List.of("sh"), Map.of()).process(Path.of("/my tools/agent.jar"));
    assertThat(process.environment().get("JAVA_TOOL_OPTIONS"))
        .endsWith("\"-javaagent:/my tools/agent.jar\"");
  }

  @Test
  void settingsBecomeEnvironmentVariables() {
    Map<String, String> settings =
        Map.of("server", "http://localhost:7411", "key", "k", "capture.max-depth", "3");
    assertThat(process(settings, "java").environment())
        .containsEntry("FETTLE_SERVER", "http://localhost:7411")
        .containsEntry("FETTLE_KEY", "k")
        .containsEntry("FETTLE_CAPTURE_MAX_DEPTH", "3");
  }

  @Test
  void theSettingsOfAServerNameItAndItsKey() {
    assertThat(Application.settings(URI.create("http://127.0.0.1:7411"), "secret"))
        .containsOnly(Map.entry("server", "http://127.0.0.1:7411"), Map.entry("key", "secret"));
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThatThrownBy(() -> new Application(List.of(), Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("-- java -jar app.jar");
  }
}
