package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server process, killed without warning where its journal says that a step began. */
class KilledServerTest {
  @TempDir Path directory;
  private Path data;
  private ShopRepository shop;
  private Process server;

  @BeforeEach
  void repository() throws Exception {
    data = Files.createDirectories(directory.resolve("data"));
    shop = ShopRepository.in(directory.resolve("shop"));
  }

  @AfterEach
  void end() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void deliversOnceThoughKilledWhileItDelivered() throws Exception {
    deliversOnceThoughKilledIn(List.of(Step.DELIVER));
  }

  @Tag("stress")
  @Test
  void deliversOnceThoughKilledInEveryStep() throws Exception {
    deliversOnceThoughKilledIn(
        List.of(
            Step.CHECKOUT,
            Step.DIAGNOSE,
            Step.REPRODUCE,
            Step.VALIDATE,
            Step.PLAN,
            Step.DELIVER,
            Step.CONFIRM));
  }

  private void deliversOnceThoughKilledIn(List<Step> steps) throws Exception {
    for (Step step : steps) {
      start();
      long before = count(step, State.STARTED);
      await(() -> count(step, State.STARTED) > before || count(Step.OUTCOME, null) > 0);
      server.destroyForcibly().waitFor();
      assertThat(count(Step.OUTCOME, null)).as("killed in %s before the end", step).isZero();
    }
    start();
    await(() -> count(Step.OUTCOME, null) > 0);

    assertThat(shop.branches()).hasSize(1);
    assertThat(shop.commits(shop.branches().get(0))).isEqualTo(1);
    assertThat(strings("SELECT channel FROM delivery")).containsExactly("branch", "patchfile");
    assertThat(strings("SELECT DISTINCT data FROM journal WHERE step = 'OUTCOME'"))
        .containsAnyOf("\"DELIVERED\"", "\"CONFIRMED\"")
        .hasSize(1);
    assertThat(count(Step.OUTCOME, null)).isEqualTo(1);
  }

  private void start() throws IOException {
    String own = System.getProperty("java.class.path");
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", own),
                RepairingServer.class.getName(),
                data.toString(),
                shop.root().toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(directory.resolve("server.log").toFile()))
            .start();
  }

  private void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!condition.getAsBoolean()) {
      assertThat(server.isAlive()).as(log()).isTrue();
      assertThat(System.nanoTime()).as(log()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("server.log"));
  }

  private long count(Step step, State state) {
    return strings(
            "SELECT sequence FROM journal WHERE step = '%s'%s"
                .formatted(step, state == null ? "" : " AND state = '" + state + "'"))
        .size();
  }

  /** Nothing before there is a table. */
  private List<String> strings(String sql) {
    Path file = data.resolve("fettle.db");
    List<String> found = new java.util.ArrayList<>();
    if (!Files.exists(file)) {
      return found;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException notYet) {
      return List.of();
    }
  }
}
