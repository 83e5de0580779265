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

  private String online(Maven maven, String repository) throws IOException {
    Path copy = Files.createDirectories(directory.resolve(repository));
    Path jdk = Path.of(System.getProperty("java.home"));
    return maven
        .of(DirectoryTree.of(copy))
        .run(copy, copy, jdk, false, List.of(), List.of(), Duration.ofMinutes(1))
        .output();
  }
}
