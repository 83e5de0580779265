package dev.fettle.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
  @TempDir Path directory;

  @Test
  void deletesTheCopiesThatWereUsedLongestAgo() throws IOException {
    for (int day = 0; day < BuildCache.KEPT + 2; day++) {
      copy("old" + day, Duration.ofDays(1 + day));
    }

    new BuildCache(directory).prune();

    assertThat(directory.resolve("old" + (BuildCache.KEPT - 1))).exists();
    assertThat(directory.resolve("old" + BuildCache.KEPT)).doesNotExist();
    assertThat(directory.resolve("old" + (BuildCache.KEPT + 1))).doesNotExist();
  }

  @Test
  void keepsWhatAnotherProcessMayStillRun() throws IOException {
    for (int minute = 0; minute < BuildCache.KEPT + 5; minute++) {
      copy("new" + minute, Duration.ofMinutes(minute));
    }

    new BuildCache(directory).prune();

    assertThat(directory).isDirectoryContaining("glob:**/new" + (BuildCache.KEPT + 4));
  }

  private void copy(String name, Duration ago) throws IOException {
    Path copy = Files.createDirectories(directory.resolve(name).resolve("tree"));
    Files.writeString(copy.resolve("A.java"), "class A {}");
    Files.setLastModifiedTime(directory.resolve(name), FileTime.from(Instant.now().minus(ago)));
  }
}
