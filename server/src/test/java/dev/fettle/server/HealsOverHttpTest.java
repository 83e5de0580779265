package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.CallFrame;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Local;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import dev.fettle.wire.Thrown;
import dev.fettle.wire.Value;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class HealsOverHttpTest {
  private static final String SITE = "shop.Prices.of:27";

  @TempDir static Path data;

  @org.springframework.beans.factory.annotation.Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("fettle.data", () -> data.toString());
    registry.add("fettle.key", () -> "secret-key");
    registry.add("fettle.heal", () -> "typed");
  }

  @Test
  void aHealTravelsFromTheAgentToPeopleAndTheirWordBack() throws Exception {
    List<Message> answer = post(healed("h-1"));
    assertThat(answer).contains(new Message.Ack(List.of("h-1")));
    assertThat(answer)
        .contains(new HealMessage.HealRules("typed", List.of(), List.of(), "refuse", List.of()));

    JsonNode heal = json("/api/v1/heals?site=" + SITE).path("heals").path(0);
    assertThat(heal.path("remedy").asString()).isEqualTo("supply-default");
    assertThat(heal.path("outcome").asString()).isEqualTo("open");
    assertThat(heal.path("before").path(0).path("value").asString()).contains("<b>12 eggs</b>");
    String incident = heal.path("incident").asString();
    assertThat(body("/incidents/" + incident)).contains("Healed while running", SITE);
    assertThat(heal.path("rootCause").asString()).contains("NumberFormatException", SITE);
    assertThat(heal.path("callers").asString()).isEqualTo("callers get 0 <b>");
    assertThat(heal.path("evidence").path(0).asString()).isEqualTo("parse: right in 9 of 10");
    assertThat(body("/heals")).contains("parse: right in 9 of 10", "callers get 0 &lt;b&gt;");
    assertThat(body("/heals"))
        .contains("&lt;b&gt;12 eggs&lt;/b&gt;")
        .doesNotContain("<b>12 eggs</b>");

    post(new HealMessage.HealOutcome("h-1", false, "followed by X", 9));
    assertThat(json("/api/v1/heals").path("heals").path(0).path("outcome").asString())
        .isEqualTo("bad");

    HttpResponse<String> off = send("/api/v1/heals/disable", "{\"site\":\"" + SITE + "\"}");
    assertThat(off.statusCode()).isEqualTo(200);
    assertThat(post(new Message.Heartbeat(1)))
        .contains(
            new HealMessage.HealRules("typed", List.of(), List.of(), "refuse", List.of(SITE)));
    assertThat(json("/api/v1/heals").path("disabled").path(0).asString()).isEqualTo(SITE);
    assertThat(send("/api/v1/heals/enable", "{\"site\":\"" + SITE + "\"}").statusCode())
        .isEqualTo(200);
    assertThat(send("/api/v1/heals/disable", "{\"site\":\"<script>\"}").statusCode())
        .isEqualTo(400);
    assertThat(send("/api/v1/heals/disable", "{}").statusCode()).isEqualTo(400);
  }

  private static HealMessage.Healed healed(String id) {
    Value text = new Value.Text("java.lang.String", "<b>12 eggs</b>", 14);
    CallFrame frame =
        new CallFrame(
            "shop.Prices", "of", "(Ljava/lang/String;)I", "Prices.java", 27, true, null, List.of());
    return new HealMessage.Healed(
        id,
        System.currentTimeMillis(),
        "http-1",
        "shop.Prices",
        "of",
        "(Ljava/lang/String;)I",
        27,
        new Thrown("java.lang.NumberFormatException", "bad", List.of(frame), null),
        "supply-default",
        "typed",
        "next statement",
        "a number was expected",
        900,
        List.of("parse: right in 9 of 10"),
        "callers get 0 <b>",
        List.of(new Local("text", "Ljava/lang/String;", true, text)),
        List.of(new Local("text", "Ljava/lang/String;", true, text)),
        1);
  }

  private List<Message> post(Message message) throws Exception {
    Message hello = new Message.Hello("i-1", "shop", null, null, "17", 1, "0.1");
    HttpRequest request =
        HttpRequest.newBuilder(uri("/agent/v1/frames"))
            .header("Authorization", "Bearer secret-key")
            .header("X-Fettle-Instance", "i-1")
            .header("Content-Type", "application/octet-stream")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    MessageCodec.encode(List.of(hello, message))))
            .build();
    byte[] body = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    return MessageCodec.decode(new ByteArrayInputStream(body));
  }

  private HttpResponse<String> send(String path, String json) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .header(Owner.HEADER, Owner.token(data))
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws Exception {
    return JsonMapper.builder().build().readTree(body(path));
  }

  private String body(String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
