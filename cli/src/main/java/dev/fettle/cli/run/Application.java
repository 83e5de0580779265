package dev.fettle.cli.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * An application's command line, to be run under the agent.
 *
 * @param command as the user typed it, at least the program
 * @param settings agent settings by property name without prefix, for example {@code server}
 */
public record Application(List<String> command, Map<String, String> settings) {
  public Application {
    if (command.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "expected the application's command after --, for example: -- java -jar app.jar");
    }
    command = List.copyOf(command);
    settings = Map.copyOf(settings);
  }

  /** Settings that make an agent talk to a server. */
  public static Map<String, String> settings(URI server, String key) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server", server.toString());
    settings.put("key", key);
    return settings;
  }

  /**
   * The process to start. {@code java} gets the agent as an argument; any other program gets it
   * through {@code JAVA_TOOL_OPTIONS}, where the agent is inert inside build tools.
   */
  public ProcessBuilder process(Path agentJar) {
    List<String> full = new ArrayList<>(command);
    String program = Objects.toString(Path.of(command.get(0)).getFileName(), "");
    boolean isJava = program.equals("java") || program.equals("java.exe");
    String option = "-javaagent:" + agentJar;
    if (isJava) {
      full.add(1, option);
    }
    ProcessBuilder builder = new ProcessBuilder(full);
    if (!isJava) {
      builder
          .environment()
          .merge("JAVA_TOOL_OPTIONS", quoted(option), (present, added) -> present + " " + added);
    }
    settings.forEach(
        (name, value) ->
            builder
                .environment()
                .put(
                    "FETTLE_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
                    value));
    return builder;
  }

  /** The JVM splits {@code JAVA_TOOL_OPTIONS} at blanks outside quotes. */
  private static String quoted(String option) {
    boolean splits = option.chars().anyMatch(Character::isWhitespace) || option.contains("'");
    return splits ? '"' + option + '"' : option;
  }
}
