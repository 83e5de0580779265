package dev.fettle.sandbox.build;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has Maven compile a copy of the tree, with an event spy that writes down what it did. */
final class MavenProjectReader implements ProjectReader {
  /**
   * Checks that say nothing about how code is compiled or tested, and what wants a {@code .git}.
   */
  private static final List<String> SKIPPED =
      List.of(
          "-Dspotless.check.skip",
          "-Dcheckstyle.skip",
          "-Dpmd.skip",
          "-Dspotbugs.skip",
          "-Drat.skip",
          "-Denforcer.skip",
          "-Djacoco.skip",
          "-Dmaven.gitcommitid.skip");

  /** The lowest language level that JDKs 17 to 26 compile without a warning being an error. */
  static final int LEAST_LEVEL = 8;

  private static final Pattern WANTED =
      Pattern.compile(
          "<(?:maven\\.compiler\\.(?:release|target|source)|java\\.version|release|jdk\\.version)>\\s*"
              + "(?:1\\.)?(\\d{1,3})\\s*<");
  private static final Pattern TOO_OLD =
      Pattern.compile(
          "release version (\\d+) not supported|invalid (?:target|source) release: (?:1\\.)?(\\d+)");
  private static final Pattern CLASS_VERSION =
      Pattern.compile("class file has wrong version (\\d+)\\.|class file version (\\d+)\\.");
  private static final Pattern REFUSED = Pattern.compile("\\[ERROR\\] (/[^\\n]*?\\.java):\\[\\d+,");

  /** A project that loses more test files than this is not the one that was meant. */
  private static final int MOST_LEFT_OUT = 400;

  private static final long LARGEST_POM = 8 << 20;

  private static final Pattern UNRESOLVED =
      Pattern.compile(
          "offline mode|has not been downloaded|[Cc]ould not (?:resolve|find artifact|transfer)"
              + "|was not found in");

  private final Builds builds;
  private final Maven maven;
  private final Jdks jdks;
  private final Path spy;
  private final Duration timeout;

  /**
   * @param spy the packed laboratory, which holds the event spy
   * @param timeout for one run of the build
   */
  MavenProjectReader(Builds builds, Maven maven, Jdks jdks, Path spy, Duration timeout) {
    this.builds = builds;
    this.maven = maven;
    this.jdks = jdks;
    this.spy = spy;
    this.timeout = timeout;
  }

  @Override
  public Reading read(SourceTree tree) {
    return builds.once(tree, (place, t) -> build(place, t, List.of()));
  }

  /** Reads a tree whose main sources do not compile. */
  Reading readUncompiled(SourceTree tree) {
    return builds.once(
        tree, (place, t) -> build(place, t, List.of("-Dmaven.compiler.failOnError=false")));
  }

  private Reading build(Builds.Place place, SourceTree tree, List<String> more) throws IOException {
    Optional<String> pom = Builds.topmost(tree, "pom.xml");
    if (pom.isEmpty()) {
      return new Reading.Unreadable("no pom.xml in the tree: wanted a Maven build");
    }
    String folder = pom.get().substring(0, pom.get().length() - "pom.xml".length());
    Path directory = place.tree().resolve(folder);
    int release = wantedRelease(tree);
    return build(place, directory, new How(release, true, false, more, List.of()));
  }

  /**
   * How the build is run.
   *
   * @param release least feature version of the JDK
   * @param library whether old code is compiled against the library of its language level
   * @param more arguments
   * @param leftOut test files that were deleted from the copy because they do not compile
   */
  private record How(
      int release, boolean offline, boolean library, List<String> more, List<String> leftOut) {
    How online() {
      return new How(release, false, library, more, leftOut);
    }

    How on(int newer) {
      return new How(newer, offline, library, more, leftOut);
    }

    How withLibrary() {
      return new How(release, offline, true, more, leftOut);
    }

    How without(List<String> files) {
      List<String> all = new ArrayList<>(leftOut);
      all.addAll(files);
      return new How(release, offline, library, more, all);
    }
  }

  private Reading build(Builds.Place place, Path directory, How how) throws IOException {
    int release = how.release();
    boolean offline = how.offline();
    Optional<Path> jdk = jdks.fitting(release);
    if (jdk.isEmpty()) {
      return new Reading.Unreadable(
          "the project wants Java "
              + release
              + "; installed: "
              + jdks
              + "; wanted a JDK "
              + release);
    }
    Path record = place.told();
    Files.deleteIfExists(record);
    Children.Ended ended;
    try {
      ended =
          maven
              .cachingIn(place.cache())
              .run(
                  directory,
                  place.tree(),
                  jdk.get(),
                  offline,
                  arguments(record, jdk.get(), how),
                  List.of(spy),
                  timeout);
    } catch (Confinement.Refused e) {
      return new Reading.Unreadable(String.valueOf(e.getMessage()));
    }
    if (!ended.inTime()) {
      return new Reading.Unreadable(
          "the build ran longer than " + timeout.toSeconds() + " s; wanted it to end by itself");
    }
    if (!ended.passed()) {
      return afterFailure(place, directory, how, jdk.get(), ended.output());
    }
    BuildRecord described = BuildRecord.read(record);
    place.keepTold();
    if (offline && described.lacksLauncher()) {
      Reading online = build(place, directory, how.online());
      if (online instanceof Reading.Read) {
        return online;
      }
    }
    if (described.isEmpty()) {
      return new Reading.Unreadable("the build has no module with code; wanted at least one");
    }
    place.note(Builds.LEFT_OUT, how.leftOut());
    place.note(Builds.LIBRARY, how.library() ? List.of("true") : List.of());
    place.remember("MAVEN", jdk.get());
    return place.model(ProjectModel.BuildTool.MAVEN, jdk.get());
  }

  private Reading afterFailure(Builds.Place place, Path directory, How how, Path jdk, String output)
      throws IOException {
    int wanted = newerRelease(output, Jdks.feature(jdk).orElse(how.release()));
    if (wanted > how.release()) {
      return build(place, directory, how.on(wanted));
    }
    if (how.offline() && unresolved(output)) {
      return build(place, directory, how.online());
    }
    if (output.contains(".java:[")
        && !how.library()
        && wantsOldLevel(place.bounds(), directory.resolve("pom.xml"))) {
      return build(place, directory, how.withLibrary());
    }
    List<String> refused =
        output.contains(":testCompile ")
            ? refused(place.bounds(), place.tree(), output)
            : List.of();
    if (!refused.isEmpty() && how.leftOut().size() < MOST_LEFT_OUT) {
      for (String file : refused) {
        Files.deleteIfExists(place.tree().resolve(file));
      }
      return build(place, directory, how.without(refused));
    }
    return new Reading.Unreadable(
        "the project's build fails: " + errors(output) + "; wanted a tree that compiles");
  }

  private static boolean wantsOldLevel(Bounds bounds, Path pom) throws IOException {
    if (!bounds.isFile(pom) || Files.size(pom) > LARGEST_POM) {
      return false;
    }
    Matcher level = WANTED.matcher(Files.readString(pom, StandardCharsets.ISO_8859_1));
    while (level.find()) {
      if (Integer.parseInt(level.group(1)) <= LEAST_LEVEL) {
        return true;
      }
    }
    return false;
  }

  /** Files of the copy, relative to it, that the compiler had an error for. */
  static List<String> refused(Bounds bounds, Path tree, String output) {
    Matcher error = REFUSED.matcher(output);
    List<String> files = new ArrayList<>();
    while (error.find()) {
      Path file = Path.of(error.group(1)).normalize();
      if (file.startsWith(tree) && bounds.isFile(file)) {
        files.add(tree.relativize(file).toString().replace('\\', '/'));
      }
    }
    return files.stream().distinct().toList();
  }

  /** Whether a build failed because something was not in the local repository. */
  static boolean unresolved(String output) {
    return UNRESOLVED.matcher(output).find();
  }

  private List<String> arguments(Path record, Path jdk, How how) {
    List<String> arguments = new ArrayList<>(List.of("-q"));
    arguments.addAll(SKIPPED);
    arguments.add("-Dmaven.ext.class.path=" + spy);
    arguments.add("-Dfettle.spy.file=" + record);
    arguments.addAll(leastRelease(jdk, how.library()));
    arguments.addAll(how.more());
    arguments.add("test-compile");
    return arguments;
  }

  /** What skips checks that say nothing about how code is compiled or tested. */
  static List<String> quietChecks() {
    return SKIPPED;
  }

  /** Asks the spy to raise language levels that the JDK no longer compiles. */
  static List<String> leastRelease(Path jdk, boolean library) {
    int feature = Jdks.feature(jdk).orElse(Jdks.LEAST);
    return List.of(
        "-Dfettle.least.release=" + (feature < 27 ? LEAST_LEVEL : LEAST_LEVEL + 3),
        "-Dfettle.use.release=" + library);
  }

  static int wantedRelease(SourceTree tree) {
    return tree.paths().stream()
        .filter(p -> p.equals("pom.xml") || p.endsWith("/pom.xml"))
        .limit(500)
        .flatMap(p -> tree.text(p).stream())
        .mapToInt(MavenProjectReader::highestRelease)
        .max()
        .orElse(Jdks.LEAST);
  }

  static int highestRelease(String pom) {
    Matcher matcher = WANTED.matcher(pom);
    int highest = 0;
    while (matcher.find()) {
      highest = Math.max(highest, Integer.parseInt(matcher.group(1)));
    }
    return highest;
  }

  /** The release that the output asks for, when it is above {@code used}; else 0. */
  static int newerRelease(String output, int used) {
    int wanted = 0;
    Matcher release = TOO_OLD.matcher(output);
    while (release.find()) {
      wanted = Math.max(wanted, number(release));
    }
    Matcher version = CLASS_VERSION.matcher(output);
    while (version.find()) {
      wanted = Math.max(wanted, number(version) - 44);
    }
    return wanted > used ? wanted : 0;
  }

  private static int number(Matcher matcher) {
    return Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
  }

  /** The first error lines, bounded. */
  static String errors(String output) {
    List<String> lines =
        output
            .lines()
            .filter(
                l -> l.startsWith("[ERROR]") && !l.contains("[Help 1]") && !l.contains("re-run"))
            .map(l -> l.substring("[ERROR]".length()).strip())
            .filter(l -> !l.isEmpty())
            .distinct()
            .limit(8)
            .toList();
    String text = lines.isEmpty() ? output.strip() : String.join(" | ", lines);
    return text.length() <= 2000 ? text : text.substring(0, 2000) + "...";
  }
}
