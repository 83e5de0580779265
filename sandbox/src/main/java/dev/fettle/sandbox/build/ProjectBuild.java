package dev.fettle.sandbox.build;

import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The project's own {@code mvn test} on a fresh copy: the last word on a patch. One at a time,
 * below {@code <data>/confirm}. Thread-safe.
 */
public final class ProjectBuild {
  private static final List<String> GOALS = List.of("-Dmaven.gitcommitid.skip", "test");

  /** Bases that are remembered. */
  private static final int KEPT = 32;

  private final Path parent;
  private final Maven maven;
  private final Jdks jdks;
  private final Duration timeout;
  private final Map<String, Ran> bases =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ran> eldest) {
          return size() > KEPT;
        }
      };

  public ProjectBuild(Path data, Maven maven, Jdks jdks, Duration timeout) {
    this.parent = data.toAbsolutePath().normalize().resolve("confirm");
    this.maven = maven;
    this.jdks = jdks;
    this.timeout = timeout;
  }

  /** How one run ended. */
  private record Ran(Children.Ended ended, SurefireReports reports, Duration took) {
    boolean passed() {
      return ended.passed() && reports.failed().isEmpty();
    }

    /** Whether it says something of the revision, not of the machine or the network. */
    boolean conclusive() {
      return ended.inTime() && (ended.passed() || !MavenProjectReader.unresolved(ended.output()));
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
        return judgeLate(base(tree, pom.get(), jdk.get()));
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
    }
  }

  /** A build that is slow without the patch too says nothing of the patch. */
  private Confirmation judgeLate(Ran base) {
    String late = "the build ran longer than " + timeout.toSeconds() + " s";
    boolean quick = base.conclusive() && base.took().multipliedBy(2).compareTo(timeout) < 0;
    return quick
        ? new Confirmation.Refuted(late)
        : new Confirmation.Unconfirmed(
            late + (base.ended().inTime() ? "; it is slow without the patch" : ", without it too"));
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
      if (known.conclusive()) {
        bases.put(tree.revision(), known);
      }
    }
    return known;
  }

  private Ran run(SourceTree tree, Optional<Patch> patch, List<NewFile> added, String pom, Path jdk)
      throws IOException {
    try (FreshCopy copy = FreshCopy.of(tree, parent)) {
      if (patch.isPresent()) {
        for (String path : patch.get().paths()) {
          String before =
              tree.text(path).orElseThrow(() -> new IOException("the tree has no " + path));
          copy.write(path, bytes(patch.get().apply(path, before)));
        }
      }
      for (NewFile file : added) {
        copy.write(file.path(), bytes(file.text()));
      }
      Path all = copy.directory();
      Path project = all.resolve(pom.substring(0, pom.length() - "pom.xml".length()));
      Maven using = maven.of(tree);
      long begin = System.nanoTime();
      Children.Ended ended = using.runBehind(project, all, jdk, true, GOALS, List.of(), timeout);
      if (!ended.passed() && MavenProjectReader.unresolved(ended.output())) {
        begin = System.nanoTime();
        ended = using.runBehind(project, all, jdk, false, GOALS, List.of(), timeout);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return new Ran(ended, SurefireReports.below(all), took);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String detail(Ran ran) {
    List<String> failed = ran.reports().failed();
    return failed.isEmpty()
        ? MavenProjectReader.errors(ran.ended().output())
        : failed.size() + " tests fail: " + String.join(", ", failed.stream().limit(10).toList());
  }
}
