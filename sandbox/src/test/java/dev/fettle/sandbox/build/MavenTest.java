package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.sandbox.confine.Children;
import dev.fettle.sandbox.confine.Confinement;
import dev.fettle.sandbox.confine.Confinements;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.testkit.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a script in the place of Maven, which poisons the repository that it may write. */
class MavenTest {
  private static final String POISONING =
      """
      #!/bin/sh
      for a in "$@"; do
        case $a in -Dmaven.repo.local=*) cache=${a#*=};; esac
      done
      test -e "$cache/plugin.jar" && echo poisoned
      touch "$cache/plugin.jar" && echo wrote
      """;

  @TempDir Path directory;

  @Test
  void letsNoRepositoryWriteWhatTheBuildsOfAnotherRun() throws IOException {
    Confinement confinement = Confinements.strongest(HostExecution.REFUSED);
    if (!confinement.isolates()) {
      System.out.println("SKIPPED MavenTest: " + confinement.name());
    }
    assumeTrue(confinement.isolates(), "bubblewrap does not work here");
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path mvn = Files.writeString(bin.resolve("mvn"), POISONING);
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (int day = 0; day <= BuildCache.KEPT; day++) {
      Path old = Files.createDirectories(directory.resolve("data/m2/old-" + day));
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(30 - day))));
    }
    try (Children children = new Children(confinement)) {
      Maven maven =
          new Maven(
              children,
              directory.resolve("data"),
              Fetched.APART,
              directory.resolve("home"),
              Map.of("PATH", bin + ":/usr/bin:/bin"));

      assertThat(online(maven, "hostile")).contains("wrote");
      assertThat(online(maven, "hostile")).contains("poisoned");
      assertThat(online(maven, "other")).contains("wrote").doesNotContain("poisoned");

      Path caches = directory.resolve("data/m2");
      assertThat(caches).isDirectoryNotContaining("glob:**/old-0");
      assertThat(caches).isDirectoryContaining("glob:**/old-" + BuildCache.KEPT);
    }
  }

  @Test
  void startsOneThatLooksInTwoRepositoriesBeforeAnOlderOne() throws IOException {
    Path older = maven("older", "3.8.7");
    Path unpacked = maven("home/.m2/wrapper/dists/apache-maven-3.9.11/1", "3.9.11");
    Path newest = maven("newest", "4.0.0");
    Path project = Files.createDirectories(directory.resolve("project"));

    try (Children children = new Children(Confinements.strongest(HostExecution.ALLOWED))) {
      assertThat(on(older, children).launcher(project)).contains(List.of(unpacked.toString()));
      assertThat(on(newest, children).launcher(project)).contains(List.of(newest.toString()));
      TreeCopy.delete(directory.resolve("home"));
      assertThat(on(older, children).launcher(project)).contains(List.of(older.toString()));
    }
  }

  private Maven on(Path mvn, Children children) {
    Path data = directory.resolve("data");
    Map<String, String> outer = Map.of("PATH", Objects.requireNonNull(mvn.getParent()).toString());
    return new Maven(children, data, Fetched.APART, directory.resolve("home"), outer);
  }

  private Path maven(String home, String version) throws IOException {
    Path bin = Files.createDirectories(directory.resolve(home).resolve("bin"));
    Path lib = Files.createDirectories(directory.resolve(home).resolve("lib"));
    Files.createFile(lib.resolve("maven-core-" + version + ".jar"));
    Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    return mvn;
  }

  private String online(Maven maven, String repository) throws IOException {
    Path copy = Files.createDirectories(directory.resolve(repository));
    Path jdk = Path.of(System.getProperty("java.home"));
    return maven
        .of(DirectoryTree.of(copy))
        .run(copy, copy, jdk, false, List.of(), List.of(), Duration.ofMinutes(1))
        .output();
  }
}
