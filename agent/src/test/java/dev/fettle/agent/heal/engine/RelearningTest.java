package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Fitting;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.heal.remedy.Remedies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one life of a process learned of a remedy, the next one knows. */
class RelearningTest {
  private static final String PROGRAM =
      """
      static int f() {
        int n = 3;
        n = Integer.parseInt("12kg");
        return n;
      }
      """;

  @TempDir Path directory;

  /** One life: a chooser that reads what the last one left. */
  private final class Life implements Chooser {
    private final Chooser chooser =
        Remedies.chooser(
            Map.of("threshold", "0", "state", directory.resolve("state").toString()),
            Fitting.NOTHING,
            l -> {});
    private final List<String> chosen = new ArrayList<>();
    private SiteFacts site;

    @Override
    public Treatment choose(Failure failure) {
      Treatment treatment = chooser.choose(failure);
      if (failure.site().className().equals("p.P")) {
        site = failure.site();
        chosen.add(treatment.name());
      }
      return treatment;
    }

    @Override
    public void outcome(SiteFacts where, String treatment, boolean good, String why) {
      chooser.outcome(where, treatment, good, why);
    }

    Object run() throws Throwable {
      try (HealedProgram program = HealedProgram.of(directory, this, PROGRAM)) {
        return program.call("f");
      }
    }
  }

  @Test
  void oneRegressionUndoesARemedyForTheLivesToCome() throws Throwable {
    Life first = new Life();
    assertThat(first.run()).isEqualTo(12);
    assertThat(first.chosen).containsExactly("supply-prefix");
    first.outcome(first.site, "supply-prefix", false, "followed by another failure");
    awaitLine("ban " + first.site.id() + " supply-prefix ");

    Life second = new Life();
    assertThat(second.run()).isNotEqualTo(12);
    assertThat(second.chosen).doesNotContain("supply-prefix");
  }

  @Test
  void oneRegressionUndoesARemedyAtOnce() throws Throwable {
    Life life = new Life();
    try (HealedProgram program = HealedProgram.of(directory, life, PROGRAM)) {
      assertThat(program.call("f")).isEqualTo(12);
      life.outcome(life.site, "supply-prefix", false, "followed by another failure");
      assertThat(program.call("f")).isNotEqualTo(12);
    }
  }

  @Test
  void whatWentWellIsKeptToo() throws Throwable {
    Life first = new Life();
    first.run();
    first.outcome(first.site, "supply-prefix", true, "nothing spoke against it");
    awaitLine("rate parse supply-prefix 1.000 1.000 ");
  }

  /** It is written a little later, by a thread of its own. */
  private void awaitLine(String start) throws IOException, InterruptedException {
    Path file = directory.resolve("state/heal-experience.txt");
    for (int i = 0; i < 1_000; i++) {
      if (Files.exists(file)
          && Files.readAllLines(file).stream().anyMatch(l -> l.startsWith(start))) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no line " + start + " in " + file);
  }
}
