package dev.fettle.lab.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.eventspy.EventSpy;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Records every module of a reactor as it was really built, into the file that the system property
 * {@code fettle.spy.file} names, and raises language levels where {@code fettle.least.release} asks
 * for that. Does nothing without these properties.
 */
public final class ReactorSpy implements EventSpy {
  /** Names the file to write. */
  public static final String FILE = "fettle.spy.file";

  /** Set by the container; components.xml names it. */
  @SuppressWarnings("NullAway.Init")
  private RepositorySystem repositories;

  private final Map<MavenProject, MojoExecution> compilers = new HashMap<>();
  private final Map<MavenProject, String> lifted = new HashMap<>();
  private @Nullable BuildRecord record;

  @Override
  public void init(Context context) throws IOException {
    String file = System.getProperty(FILE);
    if (file != null) {
      record = new BuildRecord(Path.of(file));
    }
  }

  @Override
  public synchronized void onEvent(Object event) throws Exception {
    if (!(event instanceof ExecutionEvent execution)) {
      return;
    }
    if (execution.getType() == ExecutionEvent.Type.MojoStarted) {
      lift(execution);
    }
    BuildRecord target = record;
    if (target == null) {
      return;
    }
    switch (execution.getType()) {
      case MojoStarted -> remember(execution.getProject(), execution.getMojoExecution());
      case ProjectSucceeded -> describe(execution, target);
      default -> {}
    }
  }

  private void lift(ExecutionEvent execution) {
    if (execution.getMojoExecution().getArtifactId().equals("maven-compiler-plugin")) {
      LevelLift.apply(execution.getSession(), execution.getMojoExecution())
          .ifPresent(note -> lifted.put(execution.getProject(), note));
    }
  }

  private void remember(MavenProject project, MojoExecution mojo) {
    if (mojo.getArtifactId().equals("maven-compiler-plugin") && mojo.getGoal().equals("compile")) {
      compilers.putIfAbsent(project, mojo);
    }
  }

  private void describe(ExecutionEvent event, BuildRecord target) throws Exception {
    MavenProject project = event.getProject();
    if (project.getPackaging().equals("pom")) {
      return;
    }
    target.put("module", project.getArtifactId());
    target.put("basedir", project.getBasedir().getPath());
    target.put("mainOutput", project.getBuild().getOutputDirectory());
    target.put("testOutput", project.getBuild().getTestOutputDirectory());
    target.putAll("mainSource", project.getCompileSourceRoots());
    target.putAll("testSource", project.getTestCompileSourceRoots());
    target.putAll("compile", project.getCompileClasspathElements());
    target.putAll("test", project.getTestClasspathElements());
    Resolver resolver = new Resolver(repositories, event.getSession(), project);
    MojoExecution compiler = compilers.get(project);
    if (compiler != null) {
      new CompilerSettings(event.getSession(), compiler, resolver).describe(target);
    }
    new TestSettings(event.getSession(), project).describe(target);
    target.putAll("launcher", resolver.missingTestEngines());
    target.putAll("note", leftOut(project));
    target.put("note", lifted.get(project));
    target.flush();
  }

  private static List<String> leftOut(MavenProject project) {
    boolean failsafe =
        project.getBuildPlugins().stream()
            .anyMatch(p -> p.getArtifactId().equals("maven-failsafe-plugin"));
    return failsafe ? List.of("integration tests of Failsafe are left out") : List.of();
  }

  @Override
  public void close() throws IOException {
    if (record != null) {
      record.close();
    }
  }
}
