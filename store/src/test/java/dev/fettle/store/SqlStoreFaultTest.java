package dev.fettle.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlStoreFaultTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Records.AT);

  private static final IncidentQuery ALL =
      new IncidentQuery("", IncidentQuery.Sort.LAST_SEEN, true, 0, 10);

  @TempDir Path directory;

  @Test
  void losesNoAcknowledgedEntryWhenItsProcessIsKilled() throws Exception {
    Path file = directory.resolve("fettle.db");
    for (int kill = 1; kill <= 3; kill++) {
      List<Long> acknowledged = appendAndKill(file, 40 * kill);
      try (SqlStore store = SqlStore.open(file, CLOCK)) {
        assertThat(store.quarantined()).isEmpty();
        Set<Long> stored =
            store.of(Records.id(1)).stream()
                .map(JournalEntry::sequence)
                .collect(Collectors.toSet());
        assertThat(stored).containsAll(acknowledged);
      }
    }
  }

  @Test
  void putsADamagedDatabaseAsideAndBeginsAFreshOne() throws Exception {
    Path file = directory.resolve("fettle.db");
    Files.writeString(file, "this is not a database, it is a text of some length".repeat(100));
    try (SqlStore store = SqlStore.open(file, CLOCK)) {
      assertThat(store.quarantined())
          .contains(directory.resolve("fettle.db.damaged-20260131T101530"));
      assertThat(store.quarantined().orElseThrow()).content().startsWith("this is not");
      store.save(Records.incident(1, "shop", 1));
      assertThat(store.incident(Records.id(1))).isPresent();
    }
  }

  @Test
  void noticesDamageInTheMiddle() throws Exception {
    Path file = directory.resolve("fettle.db");
    try (SqlStore store = SqlStore.open(file, CLOCK)) {
      for (int i = 1; i <= 50; i++) {
        store.save(Records.incident(i, "shop", i));
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int page = 1; page < bytes.length / 4096; page++) {
      java.util.Arrays.fill(bytes, page * 4096, page * 4096 + 200, (byte) 0x5a);
    }
    Files.write(file, bytes);
    try (SqlStore store = SqlStore.open(file, CLOCK)) {
      assertThat(store.quarantined()).isPresent();
      assertThat(store.incidents(ALL).total()).isZero();
    }
  }

  @Test
  void quarantinesTwiceWithoutOverwriting() throws Exception {
    Path file = directory.resolve("fettle.db");
    for (String text : List.of("first", "second")) {
      Files.deleteIfExists(file);
      Files.writeString(file, text.repeat(1000));
      SqlStore.open(file, CLOCK).close();
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(
              files
                  .filter(f -> f.toString().contains(".damaged-"))
                  .filter(f -> !f.toString().matches(".*-(wal|shm)")))
          .hasSize(2);
    }
  }

  @Test
  void refusesADatabaseOfANewerFettle() throws Exception {
    Path file = directory.resolve("fettle.db");
    SqlStore.open(file, CLOCK).close();
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO schema_version (version) VALUES (999)");
    }
    assertThatThrownBy(() -> SqlStore.open(file, CLOCK))
        .isInstanceOf(StorageException.class)
        .hasRootCauseMessage("the database is of a newer Fettle: schema 999");
  }

  /** A file system of one megabyte, where this process may mount one. */
  @Test
  void saysThatTheDiskIsFullAndGoesOnReadingAndLaterWriting() throws Exception {
    Path small = Files.createDirectories(directory.resolve("small"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()) == 0,
        "SKIPPED: a file system of limited size needs the right to mount");
    try (SqlStore store = SqlStore.open(small.resolve("fettle.db"), CLOCK)) {
      store.save(Records.incident(1, "shop", 1));
      Path filler = small.resolve("filler");
      fill(filler);
      assertThatThrownBy(
              () -> {
                for (int i = 2; i < 2000; i++) {
                  store.save(Records.incident(i, "shop", i));
                }
              })
          .isInstanceOf(StorageException.Full.class);

      assertThat(store.incident(Records.id(1))).isPresent();
      Files.delete(filler);
      store.append(Records.entry(1, Step.PLAN, State.DONE));
      assertThat(store.of(Records.id(1))).hasSize(1);
    } finally {
      run("umount", small.toString());
    }
  }

  @Test
  void refusesWhatExceedsItsQuotaAndGoesOnReading() {
    try (SqlStore store = SqlStore.open(directory.resolve("fettle.db"), CLOCK, 256 << 10)) {
      store.save(Records.incident(1, "shop", 1));
      assertThatThrownBy(
              () -> {
                for (int i = 2; i < 2000; i++) {
                  store.save(Records.incident(i, "shop", i));
                }
              })
          .isInstanceOf(StorageException.Full.class);

      assertThat(store.incident(Records.id(1))).isPresent();
    }
    try (SqlStore roomier = SqlStore.open(directory.resolve("fettle.db"), CLOCK)) {
      roomier.append(Records.entry(1, Step.PLAN, State.DONE));
      assertThat(roomier.of(Records.id(1))).hasSize(1);
    }
  }

  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(Files.size(filler)).isPositive();
    }
  }

  private List<Long> appendAndKill(Path file, int entries) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AppendForever.class.getName(),
                file.toString())
            .redirectError(directory.resolve("child.err").toFile())
            .start();
    List<Long> acknowledged = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      while (acknowledged.size() < entries) {
        String line = out.readLine();
        assertThat(line).as(Files.readString(directory.resolve("child.err"))).isNotNull();
        acknowledged.add(Long.parseLong(line));
      }
      child.destroyForcibly(); // SIGKILL
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return acknowledged;
  }

  private static int run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } catch (IOException absent) {
      return -1;
    }
  }
}
