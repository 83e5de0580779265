package dev.fettle.sandbox.build;

import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The project's own {@code mvn test} on a fresh copy: the last word on a patch. One at a time, in
 * {@code <data>/confirm}. Thread-safe.
 */
public final class ProjectBuild {
  private static final List<String> GOALS = List.of("-Dmaven.gitcommitid.skip", "test");

  private final Path directory;
  private final Maven maven;
  private final Jdks jdks;
  private final Duration timeout;
  private final Map<String, Ran> bases = new ConcurrentHashMap<>();

  public ProjectBuild(Path data, Maven maven, Jdks jdks, Duration timeout) {
    this.directory = data.toAbsolutePath().normalize().resolve("confirm");
    this.maven = maven;
    this.jdks = jdks;
    this.timeout = timeout;
  }

  /** How one run ended. */
  private record Ran(Children.Ended ended, SurefireReports reports) {
    boolean passed() {
      return ended.passed() && reports.failed().isEmpty();
    }
  }

  /**
   * Runs the build with the changes; where it fails, also without, unless that is known.
   *
   * @param least tests that must have run: what passes without the patch
   */
  public synchronized Confirmation confirm(
      SourceTree tree, Patch patch, List<NewFile> added, int least) {
    Optional<String> pom = Builds.topmost(tree, "pom.xml");
    if (pom.isEmpty()) {
      return new Confirmation.Unconfirmed("the project has no Maven build");
    }
    int release = MavenProjectReader.wantedRelease(tree);
    Optional<Path> jdk = jdks.fitting(release);
    if (jdk.isEmpty()) {
      return new Confirmation.Unconfirmed("wanted a JDK " + release + "; installed: " + jdks);
    }
    try {
      Ran patched = run(tree, Optional.of(patch), added, pom.get(), jdk.get());
      if (!patched.ended().inTime()) {
        return new Confirmation.Refuted("the build ran longer than " + timeout.toSeconds() + " s");
      }
      if (patched.passed()) {
        return judgePassed(patched, least);
      }
      Ran base = base(tree, pom.get(), jdk.get());
      return base.passed()
          ? new Confirmation.Refuted(detail(patched))
          : new Confirmation.Unconfirmed("the build fails without the patch too: " + detail(base));
    } catch (IOException | StalePatchException | Confinement.Refused e) {
      return new Confirmation.Unconfirmed(String.valueOf(e.getMessage()));
    } finally {
      discard();
    }
  }

  private Confirmation judgePassed(Ran patched, int least) {
    int run = patched.reports().run();
    if (run == 0) {
      return new Confirmation.Unconfirmed("the build passed without running a test");
    }
    if (run < least) {
      return new Confirmation.Refuted(
          "the build ran " + run + " tests where " + least + " pass without the patch");
    }
    return new Confirmation.Confirmed(run, "mvn " + String.join(" ", GOALS));
  }

  private Ran base(SourceTree tree, String pom, Path jdk) throws IOException {
    Ran known = bases.get(tree.revision());
    if (known == null) {
      known = run(tree, Optional.empty(), List.of(), pom, jdk);
      bases.put(tree.revision(), known);
    }
    return known;
  }

  private Ran run(SourceTree tree, Optional<Patch> patch, List<NewFile> added, String pom, Path jdk)
      throws IOException {
    TreeCopy.delete(directory);
    TreeCopy.copy(tree, directory);
    if (patch.isPresent()) {
      for (String path : patch.get().paths()) {
        String before =
            tree.text(path).orElseThrow(() -> new IOException("the tree has no " + path));
        write(path, patch.get().apply(path, before));
      }
    }
    for (NewFile file : added) {
      write(file.path(), file.text());
    }
    Path project = directory.resolve(pom.substring(0, pom.length() - "pom.xml".length()));
    Children.Ended ended =
        maven.runBehind(project, directory, jdk, true, GOALS, List.of(), timeout);
    if (!ended.passed() && MavenProjectReader.unresolved(ended.output())) {
      ended = maven.runBehind(project, directory, jdk, false, GOALS, List.of(), timeout);
    }
    return new Ran(ended, SurefireReports.below(directory));
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path).normalize();
    if (!file.startsWith(directory)) {
      throw new IOException("outside of the copy: " + path);
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void discard() {
    try {
      TreeCopy.delete(directory);
    } catch (IOException next) {
      // The next run deletes it first, and says so when it cannot.
    }
  }

  private static String detail(Ran ran) {
    List<String> failed = ran.reports().failed();
    return failed.isEmpty()
        ? MavenProjectReader.errors(ran.ended().output())
        : failed.size() + " tests fail: " + String.join(", ", failed.stream().limit(10).toList());
  }
}
