package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Admission;
import dev.fettle.engine.monitor.Monitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ServerTest {
  @TempDir static Path data;

  @Value("${local.server.port}")
  int port;

  @Autowired Monitor monitor;
  @Autowired SignalPipeline pipeline;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("fettle.data", () -> damaged(data).toString());
    registry.add("fettle.key", () -> "secret-key");
  }

  /** A data directory whose database is none. */
  private static Path damaged(Path folder) {
    Path file = folder.resolve("fettle.db");
    try {
      return Files.exists(file)
          ? folder
          : Files.writeString(file, "no database, but a text ".repeat(100)).getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void startsOnADamagedDatabaseAndSaysWhereItWasPut() throws Exception {
    JsonNode status = json(get("/api/v1/status").body());

    Path aside = Path.of(status.path("damagedDatabase").asString());
    assertThat(aside).content().startsWith("no database");
    assertThat(get("/incidents").body()).contains(aside.toString());
  }

  @Test
  void showsAnIncidentInTheApiWithItsValues() throws Exception {
    String id = open("s-1", "total", "Cannot invoke \"x\"");

    JsonNode list = json(get("/api/v1/incidents?query=Orders.total").body());
    JsonNode one = json(get("/api/v1/incidents/" + id).body());

    assertThat(list.path("total").asInt()).isEqualTo(1);
    assertThat(list.path("incidents").path(0).path("id").asString()).isEqualTo(id);
    assertThat(one.path("status").asString()).isEqualTo("OPEN");
    assertThat(
            one.path("exception")
                .path("frames")
                .path(0)
                .path("locals")
                .path(0)
                .path("name")
                .asString())
        .isEqualTo("code");
  }

  @Test
  void escapesWhatCameFromOutsideOnThePage() throws Exception {
    String id = open("s-2", "evil", "<script>alert(1)</script>");

    HttpResponse<String> page = get("/incidents/" + id);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("&lt;b&gt;NO&lt;/b&gt;")
        .doesNotContain("<script>alert(1)");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            csp -> assertThat(csp).contains("default-src 'none'").doesNotContain("unsafe"));
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void refusesADecisionThatAForeignPageSent() throws Exception {
    String id = open("s-3", "foreign", "x");

    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/v1/incidents/" + id + "/approve"))
            .header("Origin", "http://evil.example")
            .header(Owner.HEADER, Owner.token(data))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();

    assertThat(send(request).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:PORT, 409",
    "http://127.0.0.1:1, 403",
    "http://127.0.0.1, 403",
    "http://localhost:PORT, 403",
    "null, 403",
    "not a uri, 403"
  })
  void onlyItsOwnPagesChangeSomething(String origin, int status) throws Exception {
    String id = open("s-5", "origins", "x");

    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/v1/incidents/" + id + "/approve"))
            .header("Origin", origin.replace("PORT", Integer.toString(port)))
            .header(Owner.HEADER, Owner.token(data))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();

    assertThat(send(request).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/incidents/ID/approve",
    "/api/v1/incidents/ID/reject",
    "/api/v1/deliveries/del-3f9a1c0b2d-branch/rollback",
    "/api/v1/heals/disable",
    "/api/v1/heals/enable"
  })
  void whoCannotReadTheOwnersTokenDecidesNothing(String path) throws Exception {
    String id = open("s-6", "owned", "x");

    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri(path.replace("ID", id)))
                .header("Content-Type", "application/json")
                .header(Owner.HEADER, "0".repeat(48))
                .header("Cookie", "fettle-owner=" + "0".repeat(64))
                .POST(
                    HttpRequest.BodyPublishers.ofString("{\"site\":\"a.B.c:1\",\"reason\":\"x\"}"))
                .build());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("only the owner", "owner.token")
        .doesNotContain(Owner.token(data));
  }

  @Test
  void aBrowserThatIsNotTheOwnersIsToldWhatToDo() throws Exception {
    String id = open("s-7", "browser", "x");

    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri("/incidents/" + id + "/approve"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

    assertThat(answer.statusCode()).isIn(302, 403);
    HttpResponse<String> page = get("/owner");
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("fettle dashboard", "fettle approve");
    assertThat(get("/owner/1-2-3").statusCode()).isEqualTo(403);
  }

  @Test
  void saysThatThereIsNothingToDecideWithoutARepository() throws Exception {
    String id = open("s-4", "decide", "x");

    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(uri("/api/v1/incidents/" + id + "/approve"))
                .header(Owner.HEADER, Owner.token(data))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("no repository");
    HttpResponse<String> inputs = get("/api/v1/incidents/" + id + "/inputs");
    assertThat(inputs.statusCode()).isEqualTo(409);
    assertThat(inputs.body()).contains("no repository");
  }

  @Test
  void answersBadIdentifiersAndUnknownOnesApart() throws Exception {
    assertThat(get("/api/v1/incidents/nonsense").statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/incidents/inc-0000000000").statusCode()).isEqualTo(404);
    HttpResponse<String> page = get("/incidents/inc-0000000000");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("<h1>404 Not Found</h1>", "no such incident");
    assertThat(get("/incidents/nonsense").body()).contains("<h1>404 Not Found</h1>");
    assertThat(get("/api/v1/incidents?size=100000").statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/incidents?page=2147483647").statusCode()).isEqualTo(200);
    assertThat(get("/incidents?page=2147483647").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAgentsWithoutTheKeyAndFramesThatAreNone() throws Exception {
    assertThat(send(frames(null)).statusCode()).isEqualTo(401);
    assertThat(send(frames("Bearer wrong")).statusCode()).isEqualTo(401);
    assertThat(send(frames("Bearer secret-key")).statusCode()).isEqualTo(400);
  }

  @Test
  void takesSignalsBeforeTheWebServerStartsAndUntilItHasEnded() {
    assertThat(pipeline.getPhase())
        .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
  }

  @Test
  void describesItsApiItsHealthAndItsMetrics() throws Exception {
    assertThat(get("/v3/api-docs").body())
        .contains("/api/v1/incidents/{id}/approve")
        .doesNotContain("/agent/v1");
    assertThat(get("/actuator/health").body()).contains("UP");
    assertThat(get("/actuator/prometheus").body()).contains("fettle_agents");
    assertThat(get("/services").statusCode()).isEqualTo(200);
    assertThat(json(get("/api/v1/status").body()).path("policy").asString()).isEqualTo("default");
  }

  private String open(String signal, String method, String message) {
    Admission admission = monitor.admit(Failures.nullPointer(signal, method, message));
    return admission instanceof Admission.Duplicate again
        ? again.incident().id().value()
        : ((Admission.Opened) admission).incident().id().value();
  }

  private HttpRequest frames(String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/agent/v1/frames"))
            .header("X-Fettle-Instance", "i-9")
            .POST(HttpRequest.BodyPublishers.ofString("garbage"));
    return authorization == null
        ? request.build()
        : request.header("Authorization", authorization).build();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).GET().build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text);
  }
}
