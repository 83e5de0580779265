package dev.fettle.cli.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server's REST API as the command line uses it. Thread-safe. */
public final class ServerClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(3))
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  public ServerClient(URI address) {
    this.address = address;
  }

  /** Where the server listens. */
  public URI address() {
    return address;
  }

  /** Whether it answers at all. */
  public boolean reachable() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(below("/actuator/health")).timeout(Duration.ofSeconds(2)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException unreachable) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  /**
   * @param path below {@code /api/v1}, beginning with {@code /}
   */
  public JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /**
   * @param path below {@code /api/v1}
   * @param body sent as JSON
   */
  public JsonNode post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  /** The server may sit below a path of a reverse proxy. */
  private URI below(String path) {
    return URI.create(address.toString().replaceFirst("/+$", "") + path);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(below("/api/v1" + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json");
    String token = System.getenv("FETTLE_TOKEN");
    return token == null || token.isBlank()
        ? builder
        : builder.header("Authorization", "Bearer " + token.strip());
  }

  private JsonNode send(HttpRequest request) {
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "no Fettle server answers at " + address + "; start one with: fettle serve");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
    JsonNode body = parse(response);
    if (response.statusCode() / 100 == 2) {
      return body;
    }
    String message = body.path("detail").asString(body.path("message").asString(""));
    throw new CommandFailure(
        exitCode(response.statusCode()),
        message.isBlank() ? "the server answered " + response.statusCode() : message);
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 400 -> ExitCode.USAGE;
      case 404 -> ExitCode.NOTHING_FOUND;
      case 409, 422 -> ExitCode.NOT_VALIDATED;
      case 401, 403 -> ExitCode.REFUSED;
      default -> ExitCode.INTERNAL;
    };
  }

  private JsonNode parse(HttpResponse<String> response) {
    try {
      JsonNode body = JSON.readTree(response.body().isBlank() ? "{}" : response.body());
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException notJson) {
      // Said below, as for JSON of another kind.
    }
    throw new CommandFailure(
        ExitCode.UNREACHABLE,
        "what answers at " + address + " is not a Fettle server; name yours with --server");
  }
}
