package dev.fettle.agent.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path temp;

  @AfterEach
  void switchOn() {
    System.clearProperty(Guard.SWITCH);
  }

  @Test
  void appliesNothingAfterTwoProcessesDiedWhileTrying() throws Exception {
    guard().objection("p1");
    dieWhileTrying("p1");
    assertThat(guard().objection("p1")).isEmpty();
    dieWhileTrying("p1");

    assertThat(guard().objection("p1")).hasValueSatisfying(r -> assertThat(r).contains("died 2"));
    assertThat(guard().objection("p2")).isPresent();
  }

  @Test
  void forgivesOtherPatchesAfterADayButNotTheOneThatKilled() throws Exception {
    dieWhileTrying("p1");
    guard();
    dieWhileTrying("p1");
    guard();

    Guard later = guard(NOW.plus(Duration.ofHours(25)));

    assertThat(later.objection("p2")).isEmpty();
    assertThat(later.objection("p1")).isPresent();
  }

  @Test
  void countsADeathOnceThoughManyLook() throws Exception {
    dieWhileTrying("p1");
    guard();
    guard();
    guard();

    assertThat(guard().objection("p1")).isEmpty();
  }

  @Test
  void doesNotCountProcessesThatEndedWellOrLiveOrOutlivedThePatch() throws IOException {
    Guard mine = guard();
    mine.trying("lives");
    mine.trying("ended");
    mine.forget("ended");
    mine.trying("old");
    mine.settle("old", NOW.minus(Duration.ofMinutes(11)));
    mine.trying("young");
    mine.settle("young", NOW.minus(Duration.ofMinutes(9)));
    guard();

    try (var files = Files.list(temp)) {
      assertThat(files.map(f -> f.getFileName().toString().replaceFirst("@.*", "")))
          .containsExactlyInAnyOrder("lives", "young");
    }
  }

  @Test
  void keepsEverythingOutWhenSwitchedOff() throws IOException {
    System.setProperty(Guard.SWITCH, "false");
    assertThat(guard().objection("p1")).hasValueSatisfying(r -> assertThat(r).contains("off"));
    System.clearProperty(Guard.SWITCH);
    Files.createFile(temp.resolve("off"));
    assertThat(guard().objection("p1")).hasValueSatisfying(r -> assertThat(r).contains("off"));
  }

  @Test
  void aNumberThatNoProcessHasIsADeadOne() throws IOException {
    Files.createFile(temp.resolve("p1@99999999999999999999999-1.trying"));
    guard();
    assertThat(temp.resolve("p1.deaths")).exists();
  }

  @Test
  void neverWritesOutsideItsDirectory() throws IOException {
    guard().trying("../../x");

    try (var files = Files.list(temp)) {
      assertThat(files).hasSize(1);
    }
  }

  private Guard guard() {
    return guard(NOW);
  }

  private Guard guard(Instant now) {
    return new Guard(temp, Clock.fixed(now, ZoneOffset.UTC));
  }

  /** A real process whose mark stands when it is killed. */
  private void dieWhileTrying(String patch) throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    new Guard(temp, Clock.fixed(NOW, ZoneOffset.UTC), process.toHandle()).trying(patch);
    process.destroyForcibly().waitFor();
  }
}
