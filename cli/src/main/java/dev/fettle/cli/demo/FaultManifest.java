package dev.fettle.cli.demo;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The faults of a service: how to trigger each and what a correct service answers. The format is
 * {@code docs/faults.schema.json}.
 *
 * @param faults in the order in which they are driven, at least one
 */
record FaultManifest(List<Fault> faults) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  FaultManifest {
    faults = List.copyOf(faults);
  }

  /**
   * One fault.
   *
   * @param requests at least one; the last is the failing one
   * @param oracles directory laid over the patched checkout to judge it; null for none
   */
  record Fault(String id, List<Exchange> requests, Expectation expect, @Nullable Path oracles) {
    Fault {
      requests = List.copyOf(requests);
    }

    Exchange failing() {
      return requests.get(requests.size() - 1);
    }
  }

  /** A request; {@code body} is null for none. */
  record Exchange(String method, String path, Map<String, String> headers, @Nullable String body) {
    Exchange {
      headers = Map.copyOf(headers);
    }

    /**
     * The request to a service.
     *
     * @throws IllegalArgumentException when HTTP has no such request
     */
    HttpRequest.Builder to(URI service) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + path));
      headers.forEach(request::header);
      return request.method(
          method,
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(body));
    }
  }

  /** What a correct service answers to the last request; {@code body} is null for any. */
  record Expectation(int status, @Nullable JsonNode body) {}

  /** Reads and checks a manifest. */
  static FaultManifest read(Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw usage("cannot read the fault manifest " + file + ": " + e.getMessage());
    } catch (JacksonException e) {
      throw usage(file + " is not JSON: " + e.getOriginalMessage());
    }
    if (!root.path("faults").isArray() || root.path("faults").isEmpty()) {
      throw usage(file + ": expected {\"faults\":[...]} with at least one fault");
    }
    List<Fault> faults = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode node : root.path("faults")) {
      Fault fault = fault(node, file, faults.size() + 1);
      if (!ids.add(fault.id())) {
        throw usage(file + ": fault id " + fault.id() + " stands twice");
      }
      faults.add(fault);
    }
    return new FaultManifest(faults);
  }

  /** Only fault number {@code n}, counted from 1. */
  FaultManifest only(int n) {
    if (n < 1 || n > faults.size()) {
      throw usage("--only expects a number between 1 and " + faults.size() + ", got " + n);
    }
    return new FaultManifest(List.of(faults.get(n - 1)));
  }

  private static Fault fault(JsonNode node, Path file, int number) {
    String id = node.path("id").asString("");
    if (id.isBlank()) {
      throw usage(file + ": fault " + number + " needs an \"id\"");
    }
    if (!node.path("requests").isMissingNode() && !node.path("requests").isArray()) {
      throw usage(file + ": fault " + id + ": expected an array of \"requests\"");
    }
    List<Exchange> requests = new ArrayList<>();
    for (JsonNode request : node.path("requests")) {
      requests.add(exchange(request, file, id));
    }
    if (requests.isEmpty()) {
      throw usage(file + ": fault " + id + " needs at least one request");
    }
    JsonNode expect = node.path("expect");
    if (!expect.path("status").isInt()) {
      throw usage(file + ": fault " + id + " needs a whole number in expect.status");
    }
    int status = expect.path("status").asInt();
    if (status < 100 || status > 599) {
      throw usage(file + ": fault " + id + ": expect.status is between 100 and 599, got " + status);
    }
    Path oracles = null;
    if (node.hasNonNull("oracles")) {
      Path base = file.toAbsolutePath().getParent();
      oracles =
          (base == null ? Path.of("") : base).resolve(node.path("oracles").asString()).normalize();
      if (!Files.isDirectory(oracles)) {
        throw usage(file + ": fault " + id + ": no such directory of oracles: " + oracles);
      }
    }
    return new Fault(
        id,
        requests,
        new Expectation(status, expect.has("body") ? expect.get("body") : null),
        oracles);
  }

  private static Exchange exchange(JsonNode node, Path file, String id) {
    String path = node.path("path").asString("");
    if (!path.startsWith("/")) {
      throw usage(
          file + ": fault " + id + ": a request's \"path\" begins with /, got \"" + path + "\"");
    }
    if (!node.path("headers").isMissingNode() && !node.path("headers").isObject()) {
      throw usage(file + ": fault " + id + ": expected an object of \"headers\"");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    node.path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asString()));
    String body = null;
    if (node.hasNonNull("body")) {
      JsonNode value = node.get("body");
      body = value.isString() ? value.asString() : JSON.writeValueAsString(value);
      boolean typed = headers.keySet().stream().anyMatch(h -> h.equalsIgnoreCase("content-type"));
      if (!typed) {
        headers.put("Content-Type", value.isString() ? "text/plain" : "application/json");
      }
    }
    Exchange exchange = new Exchange(node.path("method").asString("GET"), path, headers, body);
    try {
      exchange.to(URI.create("http://127.0.0.1:1"));
    } catch (IllegalArgumentException e) {
      throw usage(
          file
              + ": fault "
              + id
              + ": not a request: "
              + exchange.method()
              + " "
              + path
              + ": "
              + e.getMessage());
    }
    return exchange;
  }

  private static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }
}
