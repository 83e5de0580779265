package dev.fettle.cli.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server's REST API as the command line uses it. Thread-safe. */
public final class ServerClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** For what makes the server read a project, or deliver a patch. */
  public static final Duration WORKING = Duration.ofMinutes(5);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI address;
  private final @Nullable OwnerSecret owner;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(3))
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  public ServerClient(URI address) {
    this(address, null);
  }

  /**
   * @param owner what is shown with everything that changes something; null for nothing
   */
  public ServerClient(URI address, @Nullable OwnerSecret owner) {
    this.address = address;
    this.owner = owner;
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
    return get(path, TIMEOUT);
  }

  /**
   * @param limit how long the server may take
   */
  public JsonNode get(String path, Duration limit) {
    return send(request(path, limit).GET().build(), limit);
  }

  /**
   * @param path below {@code /api/v1}
   * @param body sent as JSON
   */
  public JsonNode post(String path, Object body) {
    return post(path, body, TIMEOUT);
  }

  /**
   * @param limit how long the server may take
   */
  public JsonNode post(String path, Object body, Duration limit) {
    HttpRequest.Builder request = request(path, limit);
    if (owner != null) {
      request.header(OwnerSecret.HEADER, owner.token());
    }
    return send(
        request
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build(),
        limit);
  }

  /** The server may sit below a path of a reverse proxy. */
  private URI below(String path) {
    return URI.create(address.toString().replaceFirst("/+$", "") + path);
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(below("/api/v1" + path))
            .timeout(limit)
            .header("Accept", "application/json");
    return authorization(System.getenv("FETTLE_TOKEN"))
        .map(shown -> builder.header("Authorization", shown))
        .orElse(builder);
  }

  /** {@code name:password} for the server's own logins, else a token for a gateway before it. */
  static Optional<String> authorization(@Nullable String token) {
    if (token == null || token.isBlank()) {
      return Optional.empty();
    }
    String shown = token.strip();
    return Optional.of(
        shown.contains(":")
            ? "Basic " + Base64.getEncoder().encodeToString(shown.getBytes(StandardCharsets.UTF_8))
            : "Bearer " + shown);
  }

  private JsonNode send(HttpRequest request, Duration limit) {
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (HttpConnectTimeoutException e) {
      throw silent();
    } catch (HttpTimeoutException e) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          "the server at "
              + address
              + " has not answered within "
              + limit.toSeconds()
              + " s; what was asked of it may still be done");
    } catch (IOException e) {
      throw silent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
    if (response.statusCode() == 401) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "the server at " + address + " wants a login: FETTLE_TOKEN=NAME:PASSWORD");
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

  private CommandFailure silent() {
    return new CommandFailure(
        ExitCode.UNREACHABLE,
        "no Fettle server answers at " + address + "; start one with: fettle serve");
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
