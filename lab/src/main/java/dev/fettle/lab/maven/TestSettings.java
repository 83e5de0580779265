package dev.fettle.lab.maven;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** How Surefire would run the module's tests: the execution {@code default-test}. */
final class TestSettings {
  private static final Pattern EXPRESSION = Pattern.compile("[$@]\\{([^}]+)}");

  private final MavenSession session;
  private final MavenProject project;
  private final Configuration configuration;

  TestSettings(MavenSession session, MavenProject project) {
    this.session = session;
    this.project = project;
    this.configuration = new Configuration(surefire(project), this::interpolate);
  }

  void describe(BuildRecord record) throws IOException {
    record.putAll("include", configuration.list("includes"));
    record.putAll("exclude", configuration.list("excludes"));
    record.put("argLine", parameter("argLine", "argLine").orElse(null));
    record.put("groups", parameter("groups", "groups").orElse(null));
    record.put("excludedGroups", parameter("excludedGroups", "excludedGroups").orElse(null));
    record.put("workingDirectory", parameter("workingDirectory", "basedir").orElse(null));
    record.putAll("property", configuration.pairs("systemProperties"));
    record.putAll("property", configuration.pairs("systemPropertyVariables"));
    record.putAll("environment", configuration.pairs("environmentVariables"));
    record.putAll("additional", configuration.list("additionalClasspathElements"));
    if (configuration.flag("skipTests") || configuration.flag("skip")) {
      record.put("note", "the build skips this module's tests");
    }
  }

  private Optional<String> parameter(String name, String property) {
    return configuration
        .text(name)
        .or(() -> Optional.ofNullable(property(property)).filter(v -> !v.isBlank()))
        .map(this::interpolateText)
        .filter(v -> !v.isBlank());
  }

  private static @Nullable Xpp3Dom surefire(MavenProject project) {
    Plugin plugin = project.getPlugin("org.apache.maven.plugins:maven-surefire-plugin");
    if (plugin == null) {
      return null;
    }
    for (PluginExecution execution : plugin.getExecutions()) {
      if (execution.getId().equals("default-test")
          && execution.getConfiguration() instanceof Xpp3Dom dom) {
        return dom;
      }
    }
    return plugin.getConfiguration() instanceof Xpp3Dom dom ? dom : null;
  }

  private @Nullable String interpolate(@Nullable String text) {
    return text == null ? null : interpolateText(text);
  }

  /** Also resolves Surefire's late {@code @{...}}; what nothing defines becomes empty. */
  private String interpolateText(String text) {
    String result = text;
    for (int depth = 0; depth < 5 && EXPRESSION.matcher(result).find(); depth++) {
      Matcher matcher = EXPRESSION.matcher(result);
      StringBuilder replaced = new StringBuilder();
      while (matcher.find()) {
        String value = property(matcher.group(1));
        matcher.appendReplacement(replaced, Matcher.quoteReplacement(value == null ? "" : value));
      }
      result = matcher.appendTail(replaced).toString();
    }
    return result;
  }

  private @Nullable String property(String name) {
    switch (name) {
      case "basedir", "project.basedir" -> {
        return project.getBasedir().getPath();
      }
      case "project.build.directory" -> {
        return project.getBuild().getDirectory();
      }
      case "maven.multiModuleProjectDirectory" -> {
        return System.getProperty(name);
      }
      case "settings.localRepository" -> {
        return session.getLocalRepository().getBasedir();
      }
      default -> {}
    }
    for (var source :
        new java.util.Properties[] {
          session.getUserProperties(), project.getProperties(), session.getSystemProperties()
        }) {
      String value = source.getProperty(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
