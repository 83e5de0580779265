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
  private final Path parent;
  private final Maven maven;
  private final Path spy;

  /**
   * @param data where copies are made
   * @param spy the packed laboratory, which lifts language levels that the JDK no longer compiles
   */
  public OwnBuild(Path data, Maven maven, Path spy) {
    this.parent = data.toAbsolutePath().normalize().resolve("own-build");
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
    try (FreshCopy copy = FreshCopy.of(tree, parent)) {
      for (Map.Entry<String, byte[]> change : run.changed().entrySet()) {
        copy.write(change.getKey(), change.getValue());
      }
      Path directory = copy.directory();
      Bounds bounds = new Bounds(directory, List.of());
      for (String left : Builds.leftOut(project.root())) {
        if (bounds.isFile(directory.resolve(left))) {
          Files.delete(directory.resolve(left));
        }
      }
      Path folder = directory.resolve(pom.substring(0, pom.length() - "pom.xml".length()));
      Maven using = maven.of(tree);
      Children.Ended ended = run(using, folder, directory, project, run, true);
      if (!ended.passed() && MavenProjectReader.unresolved(ended.output())) {
        ended = run(using, folder, directory, project, run, false);
      }
      return judged(directory, ended);
    } catch (Confinement.Refused e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private Children.Ended run(
      Maven using, Path folder, Path directory, ProjectModel project, Run run, boolean offline)
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
        .ifPresent(d -> arguments.addAll(List.of("-pl", relative(directory, folder, d), "-am")));
    return using.run(
        folder, directory, project.javaHome(), offline, arguments, List.of(spy), run.timeout());
  }

  private static String relative(Path directory, Path folder, String module) {
    return folder.relativize(directory.resolve(module)).toString();
  }

  private static Ended judged(Path directory, Children.Ended ended) throws IOException {
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
}
