package dev.fettle.lab.maven;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;

/** How the compiler plugin compiled main sources. */
final class CompilerSettings {
  private final Configuration configuration;
  private final Resolver resolver;

  CompilerSettings(MavenSession session, MojoExecution mojo, Resolver resolver) {
    PluginParameterExpressionEvaluator evaluator =
        new PluginParameterExpressionEvaluator(session, mojo);
    this.configuration =
        new Configuration(
            mojo.getConfiguration(),
            text -> {
              try {
                Object value = text == null ? null : evaluator.evaluate(text);
                return value == null ? null : value.toString();
              } catch (ExpressionEvaluationException e) {
                return null;
              }
            });
    this.resolver = resolver;
  }

  void describe(BuildRecord record) throws IOException {
    Optional<String> release = configuration.text("release");
    Optional<String> target = configuration.text("target").or(() -> configuration.text("source"));
    record.put("release", release.or(() -> target).orElse(null));
    record.putAll("arg", arguments(release.isPresent()));
    record.putAll("processor", processorPath());
  }

  /** javac arguments other than the level and the paths. */
  private List<String> arguments(boolean release) {
    List<String> arguments = new ArrayList<>();
    if (!release) {
      configuration.text("source").ifPresent(s -> arguments.addAll(List.of("-source", s)));
      configuration.text("target").ifPresent(t -> arguments.addAll(List.of("-target", t)));
    }
    if (configuration.text("debug").map(Boolean::parseBoolean).orElse(true)) {
      arguments.add(configuration.text("debuglevel").map(l -> "-g:" + l).orElse("-g"));
    }
    if (configuration.flag("parameters")) {
      arguments.add("-parameters");
    }
    if (configuration.flag("enablePreview")) {
      arguments.add("--enable-preview");
    }
    configuration.text("proc").ifPresent(p -> arguments.add("-proc:" + p));
    List<String> processors = configuration.list("annotationProcessors");
    if (!processors.isEmpty()) {
      arguments.addAll(List.of("-processor", String.join(",", processors)));
    }
    configuration.text("compilerArgument").ifPresent(arguments::add);
    arguments.addAll(configuration.list("compilerArgs"));
    return arguments;
  }

  private List<String> processorPath() {
    List<Artifact> roots = new ArrayList<>();
    for (Configuration path : configuration.elements("annotationProcessorPaths")) {
      String group = path.text("groupId").orElse("");
      String artifact = path.text("artifactId").orElse("");
      path.text("version")
          .or(() -> resolver.managedVersion(group, artifact))
          .ifPresent(
              version ->
                  roots.add(
                      new DefaultArtifact(
                          group,
                          artifact,
                          path.text("classifier").orElse(""),
                          path.text("type").orElse("jar"),
                          version)));
    }
    return resolver.resolve(roots).stream().map(a -> a.getFile().getPath()).toList();
  }
}
