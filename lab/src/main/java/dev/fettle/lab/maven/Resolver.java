package dev.fettle.lab.maven;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Resolves what plugins resolve for themselves and the project's class path does not show. */
final class Resolver {
  private final RepositorySystem repositories;
  private final MavenSession session;
  private final MavenProject project;

  Resolver(RepositorySystem repositories, MavenSession session, MavenProject project) {
    this.repositories = repositories;
    this.session = session;
    this.project = project;
  }

  /** The artifacts and what they depend on, or nothing when one cannot be had. */
  List<Artifact> resolve(List<Artifact> roots) {
    if (roots.isEmpty()) {
      return List.of();
    }
    CollectRequest collect = new CollectRequest();
    collect.setRepositories(project.getRemoteProjectRepositories());
    for (Artifact root : roots) {
      collect.addDependency(new org.eclipse.aether.graph.Dependency(root, "compile"));
    }
    try {
      return repositories
          .resolveDependencies(session.getRepositorySession(), new DependencyRequest(collect, null))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .toList();
    } catch (DependencyResolutionException e) {
      return List.of();
    }
  }

  /** The version that the project manages for an artifact. */
  Optional<String> managedVersion(String group, String artifact) {
    if (project.getDependencyManagement() != null) {
      for (Dependency d : project.getDependencyManagement().getDependencies()) {
        if (d.getGroupId().equals(group) && d.getArtifactId().equals(artifact)) {
          return Optional.of(d.getVersion());
        }
      }
    }
    return onTestPath(group, artifact);
  }

  /**
   * The launcher, and the engine when only the API is declared: Surefire fetches both by itself.
   * Paths; empty when nothing is missing or the tests are not JUnit 5.
   */
  List<String> missingTestEngines() {
    List<Artifact> wanted = new ArrayList<>();
    Optional<String> platform = onTestPath("org.junit.platform", "junit-platform-commons");
    Optional<String> jupiter = onTestPath("org.junit.jupiter", "junit-jupiter-api");
    boolean engine = onTestPath("org.junit.platform", "junit-platform-engine").isPresent();
    if (platform.isPresent()
        && onTestPath("org.junit.platform", "junit-platform-launcher").isEmpty()) {
      wanted.add(jar("org.junit.platform", "junit-platform-launcher", platform.get()));
    }
    if (jupiter.isPresent() && !engine) {
      wanted.add(jar("org.junit.jupiter", "junit-jupiter-engine", jupiter.get()));
    }
    Set<String> present = new HashSet<>();
    project.getArtifacts().forEach(a -> present.add(a.getGroupId() + ":" + a.getArtifactId()));
    return resolve(wanted).stream()
        .filter(a -> !present.contains(a.getGroupId() + ":" + a.getArtifactId()))
        .map(a -> a.getFile().getPath())
        .toList();
  }

  static Artifact jar(String group, String artifact, String version) {
    return new DefaultArtifact(group, artifact, "jar", version);
  }

  private Optional<String> onTestPath(String group, String artifact) {
    return project.getArtifacts().stream()
        .filter(a -> a.getGroupId().equals(group) && a.getArtifactId().equals(artifact))
        .map(org.apache.maven.artifact.Artifact::getVersion)
        .findFirst();
  }
}
