package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Repairs beside which a language model is asked over real HTTP. */
class RepairWithModelTest {
  private static final String TEST =
      """
      package shop;
      import static org.junit.jupiter.api.Assertions.assertEquals;
      import org.junit.jupiter.api.Test;
      class LabelTest {
        @Test void named() { assertEquals("Doe, JANE", Label.of(" Jane ", "Doe")); }
        @Test void other() { assertEquals("Roe, JIM", Label.of("Jim", "Roe")); }
      }
      """;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;
  private final StringWriter told = new StringWriter();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private volatile String answer = "";

  @BeforeEach
  void aServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          if (answer.isEmpty()) {
            await();
            exchange.close();
            return;
          }
          byte[] body =
              JSON.writeValueAsString(
                      Map.of(
                          "choices",
                          List.of(
                              Map.of(
                                  "index",
                                  0,
                                  "finish_reason",
                                  "stop",
                                  "message",
                                  Map.of("role", "assistant", "content", answer))),
                          "usage",
                          Map.of("prompt_tokens", 10, "completion_tokens", 5, "total_tokens", 15)))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void noServer() {
    over.countDown();
    server.stop(0);
  }

  @Test
  void ranksAModelsPatchThatTheSearchCouldNotFind() throws IOException {
    label("return first;");
    answer =
        answering("    return last + \", \" + first.strip().toUpperCase(java.util.Locale.ROOT);");

    Repaired repaired = repair("30s");

    assertThat(repaired.end()).as(told.toString()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(repaired.patches().get(0).origin()).isEqualTo("llm/repair/1");
    assertThat(new String(repaired.patches().get(0).diff(), StandardCharsets.UTF_8))
        .contains("+    return last + \", \" + first.strip()");
    assertThat(directory.resolve("data/llm-ledger.jsonl")).exists();
  }

  @Test
  void searchDeliversWhereTheModelNeverAnswers() throws IOException {
    label("return last + \", \" + last.strip().toUpperCase(java.util.Locale.ROOT);");

    Repaired repaired = repair("1s");

    assertThat(repaired.end()).as(told.toString()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(repaired.patches().get(0).origin()).startsWith("search/");
  }

  @Test
  void asksNobodyWhereTheRepositorySaysNone() throws IOException {
    label("return last + \", \" + last.strip().toUpperCase(java.util.Locale.ROOT);");
    Files.writeString(directory.resolve("project/.fettle.yml"), "llm: {provider: none}\n");

    Repaired repaired = repair("30s");

    assertThat(repaired.end()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(told.toString()).contains(".fettle.yml says provider: none");
    assertThat(directory.resolve("data/llm-ledger.jsonl")).doesNotExist();
  }

  private static String answering(String line) {
    return JSON.writeValueAsString(
        Map.of(
            "rootCause",
            "the last name is left out",
            "rationale",
            "puts it first",
            "callers",
            "nothing",
            "edits",
            List.of(Map.of("span", "A", "firstLine", 4, "lastLine", 4, "text", line)),
            "conditions",
            List.of("first == null"),
            "ingredients",
            List.of("first.strip()")));
  }

  private void label(String body) throws IOException {
    Path main = directory.resolve("project/src/main/java/shop/Label.java");
    Path test = directory.resolve("project/src/test/java/shop/LabelTest.java");
    Files.createDirectories(main.getParent());
    Files.createDirectories(test.getParent());
    Files.writeString(
        main,
        "package shop;\npublic class Label {\n  public static String of(String first, String last) {\n"
            + "    "
            + body
            + "\n  }\n}\n");
    Files.writeString(test, TEST);
  }

  private Repaired repair(String timeout) throws IOException {
    Path config = directory.resolve("config.yml");
    Files.writeString(
        config,
        "llm:\n  provider: openai-compatible\n  model: scripted\n  base-url: http://127.0.0.1:"
            + server.getAddress().getPort()
            + "/v1\n  budget: {timeout: "
            + timeout
            + "}\n");
    LlmSettings settings = SettingsFile.read(config, Map.of());
    RepairRequest request =
        new RepairRequest(
            directory.resolve("project"),
            Optional.empty(),
            List.of(),
            null,
            directory.resolve("data"),
            Duration.ofSeconds(60),
            1,
            5,
            settings);
    PrintWriter err = new PrintWriter(told, true);
    Budget budget = Budget.begun(Duration.ZERO, request.budget());
    return new RepairRun(request, budget, new Progress(err, budget), () -> false).run();
  }
}
