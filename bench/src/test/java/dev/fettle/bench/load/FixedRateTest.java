package dev.fettle.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FixedRateTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private HttpServer http;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newCachedThreadPool());
    http.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          byte[] body = exchange.getRequestBody().readAllBytes();
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + path
                  + " "
                  + new String(body, StandardCharsets.UTF_8));
          if (path.equals("/stalls")) {
            awaitRelease();
          }
          exchange.sendResponseHeaders(path.equals("/gone") ? 410 : 204, -1);
          exchange.close();
        });
    http.start();
    address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  private void awaitRelease() {
    try {
      stalled.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  private static Workload.Call get(String path) {
    return new Workload.Call("GET", path, Map.of(), null);
  }

  @Test
  void sendsTheRequestsInTurnAsOftenAsAsked() {
    Workload workload =
        new Workload(List.of(get("/a"), new Workload.Call("POST", "/b", Map.of(), "x")));
    long[] nanos = new FixedRate(address, workload, 1).send(5, 0);
    assertThat(seen).containsExactly("GET /a ", "POST /b x", "GET /a ", "POST /b x", "GET /a ");
    assertThat(nanos).hasSize(5).doesNotContain(0);
  }

  @Test
  void keepsTheRateAtLeastAsLongAsTheScheduleLasts() {
    long began = System.nanoTime();
    new FixedRate(address, new Workload(List.of(get("/a"))), 4).send(21, 100);
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(200_000_000L);
  }

  @Test
  void aStallShowsInTheRequestsThatHadToWaitForIt() throws InterruptedException {
    Workload workload = new Workload(List.of(get("/stalls"), get("/a"), get("/a")));
    Thread release =
        new Thread(
            () -> {
              java.util.concurrent.locks.LockSupport.parkNanos(300_000_000L);
              stalled.countDown();
            });
    FixedRate oneConnection = new FixedRate(address, workload, 1);
    release.start();
    long[] nanos = oneConnection.send(3, 1000);
    release.join();
    assertThat(nanos[1]).isGreaterThan(100_000_000L);
    assertThat(nanos[2]).isGreaterThan(100_000_000L);
  }

  @Test
  void anAnswerThatIsNoSuccessEndsTheRun() {
    FixedRate rate = new FixedRate(address, new Workload(List.of(get("/gone"))), 2);
    assertThatThrownBy(() -> rate.send(100, 0))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("/gone answered 410");
  }

  @Test
  void aRequestThatHttpDoesNotKnowIsWrongUsage() {
    Workload odd = new Workload(List.of(new Workload.Call("GE T", "/", Map.of(), null)));
    assertThatThrownBy(() -> new FixedRate(address, odd, 1))
        .isInstanceOfSatisfying(
            BenchFailure.class, e -> assertThat(e.exitCode()).isEqualTo(BenchFailure.USAGE));
  }
}
