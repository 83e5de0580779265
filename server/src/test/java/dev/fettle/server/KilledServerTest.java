package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fettle.contract.model.JournalEntry.State;
import dev.fettle.contract.model.JournalEntry.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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

  /**
   * The same beside a program under the real agent, so that there is something to hot patch. What a
   * hot patch became is known for sure when the agent is back in time; else it is left out, and the
   * journal says so. It is never there twice, nor without a record.
   */
  @Tag("stress")
  @Test
  void hotPatchesAtMostOnceThoughKilledInEveryStep() throws Exception {
    Path agent = Path.of(System.getProperty("fettle.root"), "agent", "target", "fettle-agent.jar");
    assumeTrue(Files.exists(agent), "SKIPPED: " + agent + " is not packed yet");
    int port = freePort();
    startWithWeb(port);
    Process program = program(agent, port);
    try {
      await(() -> count(Step.CHECKOUT, State.STARTED) > 0);
      for (Step step : List.of(Step.DIAGNOSE, Step.REPRODUCE, Step.VALIDATE, Step.DELIVER)) {
        await(() -> count(step, State.STARTED) > 0 || count(Step.OUTCOME, null) > 0);
        server.destroyForcibly().waitFor();
        startWithWeb(port);
      }
      await(() -> count(Step.OUTCOME, null) > 0);

      assertThat(shop.branches()).hasSize(1);
      assertThat(shop.commits(shop.branches().get(0))).isEqualTo(1);
      List<String> channels = strings("SELECT channel FROM delivery ORDER BY channel");
      assertThat(channels).doesNotHaveDuplicates().contains("branch", "patchfile");
      if (channels.contains("hotpatch")) {
        await(() -> said().contains("healed"));
      } else {
        assertThat(strings("SELECT detail FROM journal WHERE step = 'DELIVER'"))
            .anyMatch(d -> d.contains("hotpatch failed: no "));
        assertThat(said()).doesNotContain("healed");
      }
      System.out.println("hot patch after kills in every step: " + channels);
      assertThat(program.isAlive()).isTrue();
    } finally {
      program.destroyForcibly();
    }
  }

  private String said() {
    try {
      return Files.readString(directory.resolve("program.out"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process program(Path agent, int port) throws Exception {
    Path main = Files.createDirectories(directory.resolve("main/shop")).resolve("Main.java");
    Files.writeString(
        main,
        """
        package shop;
        public class Main {
          public static void main(String[] args) throws Exception {
            while (true) {
              Thread t = new Thread(() -> {
                new Orders().length("B");
                System.out.println("healed");
              });
              t.setUncaughtExceptionHandler((x, e) -> { });
              t.start();
              t.join();
              Thread.sleep(200);
            }
          }
        }
        """);
    Path classes = Files.createDirectories(directory.resolve("classes"));
    int code =
        javax.tools.ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-g",
                "-d",
                classes.toString(),
                main.toString(),
                shop.root().resolve("src/main/java/shop/Orders.java").toString());
    assertThat(code).isZero();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + directory,
            "-javaagent:" + agent,
            "-cp",
            classes.toString(),
            "shop.Main");
    builder.environment().put("FETTLE_SERVER", "http://127.0.0.1:" + port);
    builder.environment().put("FETTLE_KEY", "key");
    builder.environment().put("FETTLE_SERVICE", "shop");
    builder.environment().put("FETTLE_PACKAGES", "shop");
    builder.redirectError(directory.resolve("program.err").toFile());
    builder.redirectOutput(directory.resolve("program.out").toFile());
    return builder.start();
  }

  private void startWithWeb(int port) throws IOException {
    start(
        FettleServer.class,
        "--server.port=" + port,
        "--fettle.key=key",
        "--fettle.policy=startup",
        "--fettle.data=" + data,
        "--fettle.repository=" + shop.root());
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
    start(RepairingServer.class, data.toString(), shop.root().toString());
  }

  private void start(Class<?> main, String... arguments) throws IOException {
    String own = System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", own),
                main.getName()));
    command.addAll(List.of(arguments));
    server =
        new ProcessBuilder(command)
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
    List<String> found = new ArrayList<>();
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
