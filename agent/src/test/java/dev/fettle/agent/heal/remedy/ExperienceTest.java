package dev.fettle.agent.heal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperienceTest {
  @TempDir Path folder;
  private final AtomicLong today = new AtomicLong(20_000);
  private final List<String> problems = new ArrayList<>();

  private Experience experience() {
    return new Experience(folder.resolve(Experience.FILE), today::get).load(problems::add);
  }

  @Test
  void oneBadOutcomeBansTheRemedyFromItsSiteForAMonth() {
    Experience experience = experience();
    experience.learn("A.f:1", "grow", List.of("any"), false);
    assertThat(experience.isBanned("A.f:1", "grow")).isTrue();
    assertThat(experience.isBanned("A.f:2", "grow")).isFalse();
    today.addAndGet(30);
    assertThat(experience.isBanned("A.f:1", "grow")).isFalse();
  }

  @Test
  void whatWasSeenTwoWeeksAgoCountsHalf() {
    Experience experience = experience();
    experience.learn("A.f:1", "grow", List.of("any"), true);
    today.addAndGet(14);
    assertThat(experience.rate("any", "grow")).isEqualTo(new Prior.Rate(0.5, 0.5));
  }

  @Test
  void survivesItsFile() throws IOException {
    Experience experience = experience();
    experience.learn("A.f:1", "grow", List.of("any"), true);
    experience.learn("A.f:1", "retry", List.of("any"), false);
    experience.save();
    Experience again = experience();
    assertThat(again.rate("any", "grow")).isEqualTo(new Prior.Rate(1, 1));
    assertThat(again.isBanned("A.f:1", "retry")).isTrue();
    assertThat(problems).isEmpty();
  }

  @Test
  void whatWasLearnedAgesWhileTheServiceIsDown() throws IOException {
    Experience experience = experience();
    experience.learn("A.f:1", "grow", List.of("any"), true);
    experience.learn("A.f:1", "retry", List.of("any"), false);
    experience.save();
    today.addAndGet(28);
    assertThat(experience().rate("any", "grow")).isEqualTo(new Prior.Rate(0.25, 0.25));
    assertThat(experience().isBanned("A.f:1", "retry")).isTrue();
    today.addAndGet(2);
    assertThat(experience().isBanned("A.f:1", "retry")).isFalse();
  }

  @Test
  void everyGenerationOfTheServiceAddsToTheLast() throws IOException {
    for (int generation = 0; generation < 3; generation++) {
      Experience experience = experience();
      experience.learn("A.f:1", "grow", List.of("any", "index"), generation > 0);
      experience.save();
    }
    assertThat(experience().rate("index", "grow")).isEqualTo(new Prior.Rate(2, 3));
  }

  @Test
  void aFullMemoryGoesOnLearning() throws IOException {
    Experience experience = experience();
    for (int i = 0; i < 10_000; i++) {
      experience.learn("A.f:" + i, "grow", List.of("c" + i), false);
    }
    experience.learn("A.f:1", "grow", List.of("c1"), true);
    assertThat(experience.rate("c1", "grow")).isEqualTo(new Prior.Rate(1, 2));
    today.addAndGet(200);
    experience.learn("B.f:1", "grow", List.of("new"), false);
    assertThat(experience.rate("new", "grow")).isEqualTo(new Prior.Rate(0, 1));
    assertThat(experience.isBanned("B.f:1", "grow")).isTrue();
  }

  @Test
  void aCorruptedFileIsReportedAndItsGoodLinesCount() throws IOException {
    Files.write(
        folder.resolve(Experience.FILE),
        List.of("rate any grow 1 2 20000", "rate any grow -1 2 20000", "\u0000\u0001", "ban x"));
    assertThat(experience().rate("any", "grow")).isEqualTo(new Prior.Rate(1, 2));
    assertThat(problems).singleElement().asString().contains("3 lines are not understood");
  }
}
