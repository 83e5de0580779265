package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tests of a project as its own Maven build runs them, in a fresh process on a copy that is
 * deleted afterwards. One run at a time. Thread-safe.
 */
public final class OwnBuild {
  private final Path directory;
  private final Maven maven;
  private final Path spy;

  /**
   * @param data where the copy is made
   * @param spy the packed laboratory, which lifts language levels that the JDK no longer compiles
   */
  public OwnBuild(Path data, Maven maven, Path spy) {
    this.directory = data.toAbsolutePath().normalize().resolve("own-build");
    this.maven = maven;
    this.spy = spy;
  }

  /** How a test ended. */
  public enum Verdict {
    PASSED,
    FAILED,
    SKIPPED
  }

  /**
   * What to run.
   *
   * @param changed new contents by path of the tree
   * @param module whose tests run, with the siblings it needs; empty for all modules
   * @param testClasses binary names; empty for all
   */
  public record Run(
      Map<String, byte[]> changed,
      Optional<ProjectModel.Module> module,
      List<String> testClasses,
      Duration timeout) {
    public Run {
      changed = Map.copyOf(changed);
      testClasses = List.copyOf(testClasses);
    }
  }

  /**
   * How the build ended.
   *
   * @param compiled false when it ended before it ran a test
   * @param tests by {@code class#method} as Surefire names them; the worst of several runs of one
   * @param detail for people: the first errors; empty when all is well
   */
  public record Ended(boolean compiled, boolean inTime, Map<String, Verdict> tests, String detail) {
    public Ended {
      tests = Map.copyOf(tests);
    }

    /** Whether it ran tests and none failed. */
    public boolean passed() {
      return inTime && !tests.isEmpty() && !tests.containsValue(Verdict.FAILED);
    }
  }

  /**
   * Runs it.
   *
   * @throws IOException when the copy cannot be made or Maven not be started
   */
  public synchronized Ended test(SourceTree tree, ProjectModel project, Run run)
      throws IOException {
    String pom =
        Builds.topmost(tree, "pom.xml")
            .orElseThrow(() -> new IOException("no pom.xml in the tree: wanted a Maven build"));
    try {
      TreeCopy.delete(directory);
      TreeCopy.copy(tree, directory);
      for (Map.Entry<String, byte[]> change : run.changed().entrySet()) {
        Path file = directory.resolve(change.getKey()).normalize();
        if (!file.startsWith(directory)) {
          throw new IOException("outside of the copy: " + change.getKey());
        }
        Files.createDirectories(file.getParent());
        Files.write(file, change.getValue());
      }
      for (String left : Builds.leftOut(project.root())) {
        Files.deleteIfExists(directory.resolve(left));
      }
      Path folder = directory.resolve(pom.substring(0, pom.length() - "pom.xml".length()));
      Children.Ended ended = run(folder, project, run, true);
      if (!ended.passed() && MavenProjectReader.unresolved(ended.output())) {
        ended = run(folder, project, run, false);
      }
      return judged(ended);
    } catch (Confinement.Refused e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } finally {
      discard();
    }
  }

  private Children.Ended run(Path folder, ProjectModel project, Run run, boolean offline)
      throws IOException {
    List<String> arguments = new ArrayList<>(MavenProjectReader.quietChecks());
    arguments.add("-Dmaven.ext.class.path=" + spy);
    arguments.addAll(
        MavenProjectReader.leastRelease(project.javaHome(), Builds.usedLibrary(project.root())));
    arguments.addAll(List.of("-Dmaven.test.failure.ignore=true", "-DtrimStackTrace=false", "test"));
    if (!run.testClasses().isEmpty()) {
      arguments.add("-Dtest=" + String.join(",", run.testClasses()));
      arguments.add("-DfailIfNoTests=false");
      arguments.add("-Dsurefire.failIfNoSpecifiedTests=false");
    }
    run.module()
        .map(ProjectModel.Module::directory)
        .filter(d -> !d.isEmpty() && !folder.equals(directory.resolve(d)))
        .ifPresent(d -> arguments.addAll(List.of("-pl", relative(folder, d), "-am")));
    return maven.run(
        folder, directory, project.javaHome(), offline, arguments, List.of(spy), run.timeout());
  }

  private String relative(Path folder, String module) {
    return folder.relativize(directory.resolve(module)).toString();
  }

  private Ended judged(Children.Ended ended) throws IOException {
    SurefireReports reports = SurefireReports.below(directory);
    Map<String, Verdict> tests = new LinkedHashMap<>();
    reports.passed().forEach(t -> tests.put(t, Verdict.PASSED));
    reports.skipped().forEach(t -> tests.put(t, Verdict.SKIPPED));
    reports.failed().forEach(t -> tests.put(t, Verdict.FAILED));
    boolean compiled = ended.passed() || !tests.isEmpty();
    return new Ended(
        compiled,
        ended.inTime(),
        tests,
        ended.passed() ? "" : MavenProjectReader.errors(ended.output()));
  }

  private void discard() {
    try {
      TreeCopy.delete(directory);
    } catch (IOException next) {
      // The next run deletes it first, and says so when it cannot.
    }
  }
}
