package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The road of a built-in remedy that a model picks, where policy allows no snippets: application,
 * agent and server are real, and a scripted server speaks for the model over HTTP.
 */
class RemedyRoadTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MAIN =
      """
      package shop;
      import java.nio.file.*;
      public class Main {
        static int total(String[] prices) {
          int sum = 0;
          for (String price : prices) {
            sum += Integer.parseInt(price);
          }
          return sum;
        }
        public static void main(String[] args) throws Exception {
          Path folder = Path.of(args[0]);
          for (int i = 0; i < 2000 && !Files.exists(folder.resolve("stop")); i++) {
            Thread request = new Thread(() -> {
              int sum = total(new String[] {"1", "a dozen", "3"});
              try {
                Files.writeString(folder.resolve("sum-" + sum), "");
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
            request.setUncaughtExceptionHandler((t, e) -> System.out.println("failed " + e));
            request.start();
            request.join();
            Thread.sleep(150);
          }
        }
      }
      """;

  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRemedyThatAModelPicksServesTheNextFailure() throws Exception {
    assumeTrue(Fettle.packaged(), "the jars are not packaged; run the verify phase");
    CommittedProgram program = CommittedProgram.in(folder, Map.of("shop/Main.java", MAIN));
    Path config = Files.createDirectories(folder.resolve("config/fettle"));
    Files.writeString(
        config.resolve("config.yml"),
        "llm:\n  provider: openai-compatible\n  model: scripted\n  base-url: http://127.0.0.1:"
            + server.getAddress().getPort()
            + "/v1\n  budget: {timeout: 30s}\n");
    Map<String, String> environment =
        Map.of(
            "XDG_CONFIG_HOME", folder.resolve("config").toString(),
            "XDG_STATE_HOME", folder.resolve("state").toString(),
            "XDG_DATA_HOME", folder.resolve("data").toString());

    CompletableFuture<Fettle.Ended> run =
        CompletableFuture.supplyAsync(
            () ->
                program.run(
                    environment,
                    List.of("--heal", "typed", "--llm", "openai-compatible:scripted"),
                    "shop.Main",
                    folder.toString()));
    await(folder.resolve("sum-1"), run);
    Fettle.Ended heals = Fettle.run(environment, 60, "heals", "--json");
    Files.writeString(folder.resolve("stop"), "");

    assertThat(run.get().code()).as(run.get().err()).isZero();
    // the repair of the source asks the same server
    List<String> heal = asked.stream().filter(q -> q.contains("Snippets: not allowed")).toList();
    assertThat(heal.get(0)).contains("leave-loop");
    assertThat(heal.get(1)).contains("there is no remedy of the name given");
    JsonNode page = JSON.readTree(heals.out());
    JsonNode prescription = page.path("prescriptions").path(0);
    assertThat(prescription.path("state").asString()).as(heals.out()).isEqualTo("IN_PLACE");
    assertThat(prescription.path("remedy").asString()).isEqualTo("leave-loop");
    assertThat(prescription.path("site").asString()).isEqualTo("shop.Main.total:7");
    assertThat(run.get().err())
        .contains("with leave-loop (a language model says: a number in words; enough)");
  }

  private void await(Path healed, CompletableFuture<?> run) throws InterruptedException {
    long deadline = System.nanoTime() + 300_000_000_000L;
    while (!Files.exists(healed)) {
      assertThat(System.nanoTime()).as("healed in time; " + asked).isLessThan(deadline);
      assertThat(run.isDone()).as("the program still runs; " + asked).isFalse();
      Thread.sleep(50);
    }
  }

  /** First obeys what an attacker would want, then picks what the list holds. */
  private void answer(HttpExchange exchange) throws IOException {
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(question);
    String remedy = question.contains("After attempt") ? "leave-loop" : "System.exit(3)";
    String content =
        "{\"rootCause\":\"a number in words\",\"proposals\":[{\"kind\":\"remedy\",\"remedy\":\""
            + remedy
            + "\",\"code\":\"\",\"then\":\"next\",\"rationale\":\"enough\"}]}";
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of(
                "id",
                "1",
                "model",
                "scripted",
                "choices",
                List.of(
                    Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        Map.of("role", "assistant", "content", content))),
                "usage",
                Map.of("prompt_tokens", 9, "completion_tokens", 9, "total_tokens", 18)));
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
