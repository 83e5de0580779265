package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.engine.monitor.Monitor;
import dev.fettle.store.SqlStore;
import dev.fettle.store.StorageException;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import dev.fettle.wire.Thrown;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A server whose database can hold no more. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class FullDiskTest {
  @TempDir static Path data;

  @Value("${local.server.port}")
  int port;

  @Autowired Monitor monitor;
  @Autowired SqlStore store;
  private static boolean full;
  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("fettle.data", data::toString);
    registry.add("fettle.key", () -> "secret-key");
    registry.add("fettle.database-limit", () -> "400KB");
  }

  @BeforeEach
  void fill() {
    if (!full) {
      monitor.admit(Failures.nullPointer("f-1", "known", "one that was stored in time"));
    }
    full = true;
    String kilobyte = "x".repeat(1_000);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                store.heals().disable(kilobyte + System.nanoTime(), true);
              }
            })
        .isInstanceOf(StorageException.Full.class);
  }

  @Test
  void tellsAgentsToKeepWhatTheyHaveAndComeBack() throws Exception {
    HttpResponse<String> answer = frames();

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After"))
        .hasValueSatisfying(seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
  }

  @Test
  void saysWhyADecisionCouldNotBeKept() throws Exception {
    StringBuilder longer = new StringBuilder("shop");
    HttpResponse<String> answer = disable("a.b.Shop.total:1");
    // a page of the database may still have room for small rows
    for (int i = 0; i < 2_000 && answer.statusCode() == 200; i++) {
      answer = disable(longer.append(".verylongpackagename") + ".Shop.total:" + i);
    }

    assertThat(answer.statusCode()).isEqualTo(507);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("the disk is full").contains("fettle.database-limit");
  }

  @Test
  void goesOnShowingWhatItKnows() throws Exception {
    assertThat(get("/api/v1/incidents?query=known").body()).contains("Orders.known");
    assertThat(get("/incidents").statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/status").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> frames() throws Exception {
    Message hello = new Message.Hello("i-1", "shop", null, null, "17", 1, "0.1");
    Message occurrence =
        new Message.Occurrence(
            "i-1-1",
            Message.Occurrence.Kind.THROWN,
            1,
            "t",
            new Thrown("a.Unseen", "y".repeat(10_000), List.of(), null),
            null,
            "r",
            1);
    return send(
        HttpRequest.newBuilder(uri("/agent/v1/frames"))
            .header("X-Fettle-Instance", "i-1")
            .header("Authorization", "Bearer secret-key")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    MessageCodec.encode(List.of(hello, occurrence))))
            .build());
  }

  private HttpResponse<String> disable(String site) throws Exception {
    return send(
        HttpRequest.newBuilder(uri("/api/v1/heals/disable"))
            .header("Content-Type", "application/json")
            .header(Owner.HEADER, Owner.token(data))
            .POST(HttpRequest.BodyPublishers.ofString("{\"site\":\"" + site + "\"}"))
            .build());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
