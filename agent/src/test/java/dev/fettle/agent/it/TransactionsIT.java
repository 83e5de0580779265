package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heals in transactions of Spring over a real database, under the packed agent. */
class TransactionsIT {
  private static final Path PROGRAM = Path.of("src/test/faults/transactions/app");

  @TempDir Path directory;

  @Test
  void byDefaultFailuresInATransactionAreLeftAlone() throws Exception {
    assertThat(run())
        .containsExactly(
            "none: went on, 1, 1",
            "template: the same, 0, 0",
            "interceptor: the same, 0, 0",
            "checked: the same, 0, 0",
            "other-inside: the same, 0, 0",
            "twice: the same, 0, 0");
  }

  @Test
  void aHealThatDoomsItsTransactionEndsItWithTheVeryThrowable() throws Exception {
    assertThat(run("-Dfettle.heal.in-transaction=rollback"))
        .containsExactly(
            "none: went on, 1, 1",
            "template: the same, 1, 0",
            "interceptor: the same, 1, 0",
            "checked: the same, 0, 0",
            "other-inside: the same, 1, 1",
            "twice: the same, 1, 0");
  }

  @Test
  void wherePolicyAllowsItsWorkIsCommitted() throws Exception {
    assertThat(run("-Dfettle.heal.in-transaction=allow"))
        .containsExactly(
            "none: went on, 1, 1",
            "template: went on, 1, 1",
            "interceptor: went on, 1, 1",
            "checked: went on, 1, 1",
            "other-inside: went on, 1, 2",
            "twice: went on, 1, 2");
  }

  private List<String> run(String... options) throws IOException, InterruptedException {
    String path = Foreign.classPath("spring");
    String all = directory.resolve("classes") + File.pathSeparator + path;
    TestApp.of(directory, "app/Orders.java", read("Orders.java"), "-g", "-cp", path);
    TestApp app = TestApp.of(directory, "app/Main.java", read("Main.java"), "-g", "-cp", all);
    app.with("-Dfettle.heal=typed", "-Dfettle.heal.healer=steamroller")
        .with("-Dfettle.heal.exclude=app.Main", "-XX:TieredStopAtLevel=1")
        .with(options)
        .withAgent("http://127.0.0.1:9", "packages=app");
    TestApp.Run run = app.finish(app.start("-cp", all, "app.Main"));
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  private static String read(String file) throws IOException {
    return Files.readString(PROGRAM.resolve(file));
  }
}
