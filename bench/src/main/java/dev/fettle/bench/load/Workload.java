package dev.fettle.bench.load;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that a healthy service answers with 2xx, sent in turn. The format is {@code
 * {"requests":[…]}} with the request objects of {@code docs/faults.schema.json}.
 *
 * @param requests at least one; each may be sent any number of times
 */
public record Workload(List<Call> requests) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Workload {
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("a workload needs a request");
    }
    requests = List.copyOf(requests);
  }

  /** One request; {@code body} is null for none. */
  public record Call(
      String method, String path, Map<String, String> headers, @Nullable String body) {
    public Call {
      headers = Map.copyOf(headers);
    }
  }

  /** The workload of the bundled example service. */
  public static Workload bundled() {
    try (InputStream in = Workload.class.getResourceAsStream("orders-requests.json")) {
      if (in == null) {
        throw new IllegalStateException("orders-requests.json is not in the jar");
      }
      return parse(JSON.readTree(in), "the bundled workload");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Reads and checks a workload file. */
  public static Workload read(Path file) {
    try {
      return parse(JSON.readTree(Files.readString(file)), file.toString());
    } catch (IOException e) {
      throw BenchFailure.usage("cannot read the requests in " + file + ": " + e.getMessage());
    } catch (JacksonException e) {
      throw BenchFailure.usage(file + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Workload parse(JsonNode root, String from) {
    List<Call> calls = new ArrayList<>();
    for (JsonNode node : root.path("requests")) {
      calls.add(call(node, from));
    }
    if (calls.isEmpty()) {
      throw BenchFailure.usage(from + ": expected {\"requests\":[...]} with at least one request");
    }
    return new Workload(calls);
  }

  private static Call call(JsonNode node, String from) {
    String path = node.path("path").asString("");
    if (!path.startsWith("/")) {
      throw BenchFailure.usage(from + ": a request's \"path\" begins with /, got \"" + path + "\"");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    node.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    JsonNode body = node.path("body");
    if (body.isMissingNode() || body.isNull()) {
      return new Call(node.path("method").asString("GET"), path, headers, null);
    }
    boolean typed =
        headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("content-type"));
    if (!typed) {
      headers.put("Content-Type", body.isString() ? "text/plain" : "application/json");
    }
    String text = body.isString() ? body.asString() : JSON.writeValueAsString(body);
    return new Call(node.path("method").asString("POST"), path, headers, text);
  }
}
