package dev.fettle.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A server on loopback whose users are named, as behind a proxy. */
@SpringBootTest(
    classes = dev.fettle.server.FettleServer.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LoginTest {
  @TempDir static Path data;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("fettle.data", () -> data.toString());
    registry.add("fettle.key", () -> "secret-key");
    registry.add("fettle.access.users", () -> "vera:viewer:glass,ada:approver:lace");
    registry.add("fettle.access.hosts", () -> "fettle.example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "/incidents, , 401",
    "/api/v1/incidents, , 401",
    "/api/v1/incidents, vera:wrong, 401",
    "/api/v1/incidents, vera:glass, 200",
    "/incidents, ada:lace, 200",
    "/actuator/health, , 200",
    "/actuator/prometheus, , 401"
  })
  void peopleLogIn(String path, String shown, int status) throws Exception {
    assertThat(send(request(path, shown).GET().build())).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({", 401", "vera:glass, 403", "ada:lace, 404"})
  void onlyApproversDecide(String shown, int status) throws Exception {
    HttpRequest approve =
        request("/api/v1/incidents/inc-0000000000/approve", shown)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();

    assertThat(send(approve)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "fettle.example.org, https://fettle.example.org, 404",
    "fettle.example.org:8443, https://fettle.example.org:8443, 404",
    "fettle.example.org, https://fettle.example.org:8443, 403",
    "fettle.example.org, https://other.example.org, 403",
    "other.example.org, https://other.example.org, 403"
  })
  void behindAProxyOnlyItsOwnPagesChangeSomething(String host, String origin, int status)
      throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString("ada:lace".getBytes(StandardCharsets.UTF_8));
    String request =
        "POST /api/v1/incidents/inc-0000000000/approve HTTP/1.1\r\nHost: "
            + host
            + "\r\nOrigin: "
            + origin
            + "\r\nAuthorization: Basic "
            + credentials
            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    // the JDK's client sends no Host of our choice
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void agentsShowTheirKeyAndNoLogin() throws Exception {
    HttpRequest frames =
        HttpRequest.newBuilder(uri("/agent/v1/frames"))
            .header("Authorization", "Bearer secret-key")
            .header("X-Fettle-Instance", "i-1")
            .POST(HttpRequest.BodyPublishers.ofString("garbage"))
            .build();

    assertThat(send(frames)).isEqualTo(400);
  }

  private HttpRequest.Builder request(String path, String shown) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return shown == null
        ? request
        : request.header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(shown.getBytes(StandardCharsets.UTF_8)));
  }

  private int send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
