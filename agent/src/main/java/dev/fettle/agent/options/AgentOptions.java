package dev.fettle.agent.options;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was told.
 *
 * @param server base URL
 * @param key null sends no authorization
 * @param logs whether errors that the application logs are reported
 * @param heal how far healing may go; null when not said
 * @param healInstall when resume points are put into classes
 * @param healOptions everything else told under {@code heal.}, without that
 * @param problems what was wrong with the options, for the banner
 */
public record AgentOptions(
    URI server,
    @Nullable String key,
    String service,
    @Nullable String version,
    @Nullable String revision,
    ApplicationScope scope,
    boolean logs,
    boolean debug,
    @Nullable HealMode heal,
    HealInstall healInstall,
    Map<String, String> healOptions,
    List<String> problems) {

  private static final List<String> LAUNCHERS =
      List.of("verify-key-file", "in-transaction", "wait", "exclude", "warm-up");
  private static final URI DEFAULT_SERVER = URI.create("http://127.0.0.1:7411");

  /** Reads this process's options. */
  public static AgentOptions ofThisProcess(@Nullable String arguments) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    List<String> problems = new ArrayList<>();
    OptionSource early = new OptionSource(properties, System.getenv(), parse(arguments), Map.of());
    OptionSource source =
        new OptionSource(properties, System.getenv(), parse(arguments), file(early, problems));
    String command = properties.getOrDefault("sun.java.command", "");
    return of(
        source,
        LaunchedApplication.of(command, properties.getOrDefault("java.class.path", "")),
        problems);
  }

  static AgentOptions of(
      OptionSource source, LaunchedApplication application, List<String> problems) {
    return new AgentOptions(
        server(source, problems),
        key(source, problems),
        service(source, application),
        source.get("version").orElse(application.version()),
        source.get("revision").orElse(application.revision()),
        new ApplicationScope(
            packages(source, "packages"), packages(source, "repository.packages"), application),
        flag(source, "capture.logs", true),
        flag(source, "agent.debug", false),
        heal(source, problems),
        healInstall(source, problems),
        healOptions(source),
        List.copyOf(problems));
  }

  /** {@code k=v,k2=v2}; a comma without {@code =} after it belongs to the value before. */
  static Map<String, String> parse(@Nullable String arguments) {
    Map<String, String> parsed = new LinkedHashMap<>();
    String last = null;
    for (String part : (arguments == null ? "" : arguments).split(",")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        last = part.substring(0, equals).strip();
        parsed.put(last, part.substring(equals + 1));
      } else if (last != null && !part.isBlank()) {
        parsed.merge(last, part, (a, b) -> a + "," + b);
      }
    }
    return parsed;
  }

  private static Map<String, String> file(OptionSource source, List<String> problems) {
    Optional<String> path = source.get("agent.configuration-file");
    if (path.isEmpty()) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(path.get()), StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      problems.add("cannot read " + path.get() + ": " + e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(n -> values.put(n, properties.getProperty(n, "")));
    return values;
  }

  private static URI server(OptionSource source, List<String> problems) {
    Optional<String> told = source.get("server");
    if (told.isEmpty()) {
      return DEFAULT_SERVER;
    }
    String url = told.get().contains("://") ? told.get() : "http://" + told.get();
    try {
      URI uri = URI.create(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    problems.add("fettle.server is not an http or https URL: " + url);
    return DEFAULT_SERVER;
  }

  private static @Nullable String key(OptionSource source, List<String> problems) {
    Optional<String> file = source.get("key-file");
    if (source.get("key").isEmpty() && file.isPresent()) {
      try {
        return Files.readString(Path.of(file.get())).strip();
      } catch (IOException e) {
        problems.add("cannot read fettle.key-file: " + e);
      }
    }
    return source.get("key").orElse(null);
  }

  private static @Nullable HealMode heal(OptionSource source, List<String> problems) {
    Optional<String> told = source.get("heal");
    Optional<HealMode> mode = told.flatMap(HealMode::of);
    if (told.isPresent() && mode.isEmpty()) {
      problems.add(
          "fettle.heal is " + told.get() + "; expected off, observe, typed, contained or full");
      return HealMode.OBSERVE;
    }
    return mode.orElse(null);
  }

  /** All below {@code heal.}; the environment is asked for what launchers tell. */
  private static Map<String, String> healOptions(OptionSource source) {
    Map<String, String> options = new LinkedHashMap<>(source.below("heal"));
    for (String name : LAUNCHERS) {
      source.get("heal." + name).ifPresent(value -> options.putIfAbsent(name, value));
    }
    return options;
  }

  private static HealInstall healInstall(OptionSource source, List<String> problems) {
    Optional<String> told = source.get("heal.install");
    Optional<HealInstall> install = told.flatMap(HealInstall::of);
    if (told.isPresent() && install.isEmpty()) {
      problems.add("fettle.heal.install is " + told.get() + "; expected eager or on-failure");
    }
    return install.orElse(HealInstall.EAGER);
  }

  private static String service(OptionSource source, LaunchedApplication application) {
    return source
        .get("service")
        .or(() -> source.environment("OTEL_SERVICE_NAME"))
        .or(() -> source.property("otel.service.name"))
        .or(() -> source.property("spring.application.name"))
        .or(() -> source.environment("SPRING_APPLICATION_NAME"))
        .or(() -> Optional.ofNullable(application.configuredName()))
        .orElse(application.name().isBlank() ? "application" : application.name());
  }

  private static List<String> packages(OptionSource source, String option) {
    List<String> packages = new ArrayList<>();
    for (String each : source.get(option).orElse("").split("[,;:\\s]+")) {
      String plain = each.replaceAll("\\.\\*+$", "");
      if (!plain.isBlank()) {
        packages.add(plain);
      }
    }
    return packages;
  }

  private static boolean flag(OptionSource source, String name, boolean otherwise) {
    return source.get(name).map(v -> v.equalsIgnoreCase("true")).orElse(otherwise);
  }
}
