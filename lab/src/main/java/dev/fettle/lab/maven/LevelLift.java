package dev.fettle.lab.maven;

import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Lets a JDK compile what asks for a language level that it has given up: raises the levels of a
 * compiler execution, before it runs, to the least one that the system property {@code
 * fettle.least.release} names. Warnings about the level then fail no build.
 */
final class LevelLift {
  private static final String LEAST = "fettle.least.release";

  /** Asks for the library of the language level too: newer ones have methods that old calls fit. */
  private static final String LIBRARY = "fettle.use.release";

  /** The highest level that is treated as old. */
  private static final int OLD = 8;

  private static final String LEVEL = "(1\\.)?\\d{1,2}(\\.0)?";
  private static final String[] LEVELS = {
    "source", "target", "release", "testSource", "testTarget", "testRelease"
  };

  private final int least;
  private final MavenSession session;
  private final MojoExecution mojo;
  private final TreeSet<Integer> raised = new TreeSet<>();

  private LevelLift(int least, MavenSession session, MojoExecution mojo) {
    this.least = least;
    this.session = session;
    this.mojo = mojo;
  }

  /**
   * Raises what is too low.
   *
   * @return a note for people; empty when nothing was raised or nobody asked for it
   */
  static Optional<String> apply(MavenSession session, MojoExecution mojo) {
    int least = number(session.getUserProperties());
    Xpp3Dom configuration = mojo.getConfiguration();
    if (least == 0 || configuration == null) {
      return Optional.empty();
    }
    LevelLift lift = new LevelLift(least, session, mojo);
    for (String level : LEVELS) {
      lift.raise(configuration.getChild(level));
    }
    if (Boolean.parseBoolean(session.getUserProperties().getProperty(LIBRARY))) {
      lift.useLibrary(configuration);
    }
    if (lift.raised.isEmpty()) {
      return Optional.empty();
    }
    lift.forgiveWarnings(configuration);
    return Optional.of(
        "compiled at language level "
            + least
            + " where the build asks for "
            + lift.raised.first()
            + ": the JDK no longer compiles that");
  }

  private void useLibrary(Xpp3Dom configuration) {
    int level = level(configuration.getChild("target"));
    if (level == 0) {
      level = level(configuration.getChild("source"));
    }
    if (level > 0 && level <= OLD) {
      Xpp3Dom release = configuration.getChild("release");
      if (release == null) {
        release = new Xpp3Dom("release");
        configuration.addChild(release);
      }
      release.setValue(Integer.toString(level));
    }
  }

  /** A level that an element asks for; 0 when it asks for none. */
  private int level(@Nullable Xpp3Dom element) {
    String wanted = element == null ? null : asked(element);
    return wanted != null && wanted.matches(LEVEL) ? plain(wanted) : 0;
  }

  private @Nullable String asked(Xpp3Dom element) {
    String wanted = evaluated(element.getValue());
    return wanted == null || wanted.isBlank()
        ? evaluated(element.getAttribute("default-value"))
        : wanted;
  }

  private static int plain(String level) {
    return Integer.parseInt(level.replaceFirst("^1\\.", "").replaceFirst("\\.0$", ""));
  }

  private static int number(Properties properties) {
    String text = properties.getProperty(LEAST, "0");
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
  }

  private void raise(@Nullable Xpp3Dom level) {
    if (level == null) {
      return;
    }
    int number = level(level);
    if (number > 0 && number < least) {
      raised.add(number);
      level.setValue(Integer.toString(least));
    }
  }

  private void forgiveWarnings(Xpp3Dom configuration) {
    Xpp3Dom fail = configuration.getChild("failOnWarning");
    if (fail != null) {
      fail.setValue("false");
    }
    Xpp3Dom arguments = configuration.getChild("compilerArgs");
    if (arguments != null) {
      for (int i = arguments.getChildCount() - 1; i >= 0; i--) {
        if ("-Werror".equals(arguments.getChild(i).getValue())) {
          arguments.removeChild(i);
        }
      }
    }
  }

  private @Nullable String evaluated(@Nullable String text) {
    try {
      Object value =
          text == null
              ? null
              : new PluginParameterExpressionEvaluator(session, mojo).evaluate(text);
      return value == null ? null : value.toString();
    } catch (ExpressionEvaluationException e) {
      return null;
    }
  }
}
