package dev.fettle.bench.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.load.Workload;
import dev.fettle.testkit.TinyJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole measurement on a tiny service, with agents whose cost is known. */
class OverheadTest {
  @TempDir static Path folder;
  static Path service;

  @BeforeAll
  static void build() throws IOException {
    service =
        TinyJar.write(
            folder.resolve("service.jar"),
            "TinyService",
            """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;
            public class TinyService {
              static volatile byte[] sink;
              public static void main(String[] a) throws Exception {
                int port = Integer.parseInt(a[0].substring("--server.port=".length()));
                HttpServer http = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
                http.createContext("/", e -> {
                  for (int i = 0; i < 50; i++) { sink = new byte[10_000]; }
                  e.sendResponseHeaders(e.getRequestURI().getPath().equals("/fails") ? 500 : 200, -1);
                  e.close();
                });
                http.start();
              }
            }
            """,
            Map.of("Main-Class", "TinyService"));
  }

  private static Plan plan(Path agent, String path) {
    return new Plan(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        service,
        new Workload(List.of(new Workload.Call("GET", path, Map.of(), null))),
        agent,
        "",
        folder.resolve("no-server.jar"),
        2,
        1,
        100,
        1,
        0);
  }

  private static OverheadReport measure(Plan plan) {
    return new Overhead(plan, folder, line -> {}).measure();
  }

  @Test
  void seesAnAgentThatBurnsAndAllocates() throws IOException {
    Path greedy =
        TinyJar.write(
            folder.resolve("greedy.jar"),
            "Greedy",
            """
            public class Greedy {
              static volatile byte[] sink;
              public static void premain(String options) {
                Thread thread = new Thread(() -> { while (true) { sink = new byte[100_000]; } });
                thread.setDaemon(true);
                thread.start();
              }
            }
            """,
            Map.of("Premain-Class", "Greedy"));
    OverheadReport report = measure(plan(greedy, "/"));
    assertThat(report.met()).isFalse();
    assertThat(report.cpu().median()).isGreaterThan(2);
    assertThat(report.allocation().median()).isGreaterThan(2);
    assertThat(report.json()).containsEntry("met", false);
  }

  @Test
  void findsTheAllocationOfAServiceEqualToItself() {
    OverheadReport report = measure(plan(null, "/"));
    assertThat(report.allocation().median()).isBetween(0.9, 1.1);
    assertThat(report.perRequest().get("allocatedBytes").get("with")).isBetween(5e5, 6e5);
    assertThat(report.json())
        .containsKeys("cpuRatio", "cpuUpper", "allocRatio", "allocUpper", "p99Ratio", "startMs");
  }

  @Test
  void doesNotCompareFailures() {
    assertThatThrownBy(() -> measure(plan(null, "/fails")))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("/fails answered 500");
  }

  @Test
  void saysWhyAServiceDidNotStart() {
    Plan broken = plan(folder.resolve("no-agent.jar"), "/");
    List<String> lines = new ArrayList<>();
    assertThatThrownBy(() -> new Overhead(broken, folder, lines::add).measure())
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("while starting")
        .hasMessageContaining("no-agent.jar");
  }

  @Test
  void refusesAPlanThatShowsNothing() {
    assertThatThrownBy(
            () -> new Plan("java", service, Workload.bundled(), null, "", service, 1, 1, 100, 1, 0))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("--pairs expects at least 2, got 1");
    assertThatThrownBy(
            () -> new Plan("java", service, Workload.bundled(), null, "", service, 4, 5, 100, 1, 0))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("--launches expects 1 to the number of pairs, 4, got 5");
  }

  @Test
  void pairsAreSpreadOverTheLaunches() {
    Plan plan = new Plan("java", service, Workload.bundled(), null, "", service, 20, 3, 100, 1, 0);
    assertThat(List.of(plan.pairsOf(0), plan.pairsOf(1), plan.pairsOf(2))).containsExactly(7, 7, 6);
  }
}
