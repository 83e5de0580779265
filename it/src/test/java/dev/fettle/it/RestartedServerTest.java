package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server that is killed and started again below a real agent in a program that lives on. */
class RestartedServerTest {
  private static final String KEY = "the-agents-key";
  private static final String PROGRAM =
      """
      package app;
      import java.nio.file.*;
      public class Main {
        static int early(String s) { return s.length(); }
        static int meanwhile(int[] a) { return a[3]; }
        public static void main(String[] args) throws Exception {
          Path here = Path.of(args[0]);
          for (int turn = 1; !Files.exists(here.resolve("stop")) && turn < 20_000; turn++) {
            if (!Files.exists(here.resolve("down"))) { fail(() -> early(null)); }
            else { fail(() -> meanwhile(new int[1])); }
            Files.writeString(here.resolve("turns.new"), "" + turn);
            Files.move(here.resolve("turns.new"), here.resolve("turns"),
                StandardCopyOption.ATOMIC_MOVE);
            Thread.sleep(10);
          }
          System.out.println("ended well");
        }
        static void fail(Runnable body) throws Exception {
          Thread thread = new Thread(body);
          thread.setUncaughtExceptionHandler((t, e) -> { });
          thread.start();
          thread.join();
        }
      }
      """;

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void theAgentComesBackWithWhatItKeptAndTheProgramNeverNotices() throws Exception {
    assumeTrue(Fettle.packaged(), "the jars are not packaged; run the verify phase");
    int port = freePort();
    Process first = server(port);
    awaitAnswer(port, "/api/v1/status", "version");
    Process program = program(port);
    awaitAnswer(port, "/api/v1/incidents", "Main.early");

    first.destroyForcibly().waitFor(); // SIGKILL
    Files.createFile(folder.resolve("down"));
    long turns = turns();
    await(() -> turns() > turns + 100, "the program went on without a server", program);

    server(port);
    String incidents = awaitAnswer(port, "/api/v1/incidents", "Main.meanwhile");
    assertThat(incidents).contains("Main.early");
    awaitAnswer(port, "/actuator/prometheus", "fettle_agents 1.0");

    Files.createFile(folder.resolve("stop"));
    assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isZero();
    assertThat(folder.resolve("program.out")).hasContent("ended well");
    assertThat(Files.readAllLines(folder.resolve("program.err")))
        .noneMatch(line -> line.contains("Exception"));
  }

  private Process server(int port) throws IOException {
    return start(
        "server",
        Map.of("FETTLE_KEY", KEY),
        "-XX:TieredStopAtLevel=1",
        "-jar",
        Fettle.ROOT.resolve("server/target/fettle-server.jar").toString(),
        "--server.port=" + port,
        "--fettle.data=" + folder.resolve("data"));
  }

  private Process program(int port) throws IOException {
    Path source = Files.createDirectories(folder.resolve("src/app")).resolve("Main.java");
    Files.writeString(source, PROGRAM);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-g", "-d", classes.toString(), source.toString());
    assertThat(code).isZero();
    return start(
        "program",
        Map.of(
            "FETTLE_SERVER",
            "http://127.0.0.1:" + port,
            "FETTLE_KEY",
            KEY,
            "FETTLE_PACKAGES",
            "app"),
        "-Duser.home=" + folder,
        "-javaagent:" + Fettle.ROOT.resolve("agent/target/fettle-agent.jar"),
        "-cp",
        classes.toString(),
        "app.Main",
        folder.toString());
  }

  private Process start(String name, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(n -> n.startsWith("FETTLE_"));
    builder.environment().putAll(environment);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".out").toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".err").toFile()));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private long turns() throws IOException {
    Path file = folder.resolve("turns");
    return Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
  }

  private String awaitAnswer(int port, String path, String text) throws Exception {
    String[] last = {""};
    await(
        () -> {
          last[0] = get(port, path);
          return last[0].contains(text);
        },
        path + " to contain " + text,
        started.get(started.size() - 1));
    return last[0];
  }

  private String get(int port, String path) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(10))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException notYet) {
      return "";
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void await(Condition condition, String what, Process needed) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!condition.holds()) {
      assertThat(needed.isAlive()).as("%s; %s", what, said()).isTrue();
      assertThat(System.nanoTime()).as("%s; %s", what, said()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private String said() throws IOException {
    Path log = folder.resolve("server.out");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
