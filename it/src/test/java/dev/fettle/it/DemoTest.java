package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job, end to end: throw, incident, diagnosis, reproduction, patch, branch, hot patch. */
class DemoTest {
  private static final String SERVICE =
      "orders-app/src/main/java/com/example/orders/service/ShippingService.java";
  private static final String CONTROLLER =
      "orders-app/src/main/java/com/example/orders/web/ShippingController.java";

  /** What must not leave the process of the service, by where it lies. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "SHOP_PASSWORD", "correct-horse-in-local",
          "SHOP_SESSION", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ",
          "SHOP_MESSAGE", "correct-horse-in-message",
          "header", "correct-horse-in-header",
          "cookie", "correct-horse-in-cookie",
          "query", "correct-horse-in-query");

  @TempDir Path folder;

  @Test
  void healsAFaultOfAServiceFromThrowToConfirmedBranchAndKeepsNoSecret() throws Exception {
    assumeTrue(Fettle.packaged(), "the jars are not packaged; run the verify phase");
    Path app = checkoutWithSecrets();

    Fettle.Ended ended =
        Fettle.run(
            Map.of(
                "XDG_STATE_HOME", folder.resolve("state").toString(),
                "SHOP_PASSWORD", SECRETS.get("SHOP_PASSWORD"),
                "SHOP_SESSION", SECRETS.get("SHOP_SESSION"),
                "SHOP_MESSAGE", SECRETS.get("SHOP_MESSAGE")),
            400,
            "demo",
            "--app",
            app.toString(),
            "--faults",
            manifest().toString(),
            "--only",
            "1",
            "--json");

    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode report = JsonMapper.builder().build().readTree(ended.out());
    JsonNode fault = report.path("perFault").path(0);
    assertThat(report.path("captured").asInt()).as(ended.out()).isEqualTo(1);
    assertThat(fault.path("reproduced").asBoolean()).as(ended.out()).isTrue();
    assertThat(fault.path("patched").asBoolean()).as(ended.out()).isTrue();
    assertThat(fault.path("correct").asBoolean()).as(ended.out()).isTrue();
    assertThat(fault.path("hotPatched").asBoolean()).as(ended.out()).isTrue();
    assertThat(fault.path("status").asString()).as(ended.out()).isEqualTo("CONFIRMED");
    Path workspace = workspace(ended.err());
    List<String> kept = kept(workspace.resolve("data"));
    kept.add(ended.out() + ended.err());
    kept.add(git(workspace.resolve("repo"), "log", "-p", "--all"));
    kept.addAll(pages(workspace.resolve("data"), fault.path("incident").asString()));
    assertThat(kept).anyMatch(text -> text.contains("\"password\"") && text.contains("grams"));
    assertThat(kept)
        .allSatisfy(
            text -> assertThat(SECRETS.values()).noneMatch(secret -> text.contains(secret)));
  }

  /** The example service as a repository of its own, with secrets where it fails. */
  private Path checkoutWithSecrets() throws Exception {
    Path app = folder.resolve("orders");
    try (Stream<Path> files = Files.walk(Fettle.ROOT.resolve("examples/orders"))) {
      for (Path file : files.filter(f -> !f.toString().contains("/target")).toList()) {
        Path copy = app.resolve(Fettle.ROOT.resolve("examples/orders").relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    edit(
        app.resolve(SERVICE),
        "  public ShippingQuote quote(String country, int grams) {\n",
        """
            String password = System.getenv("SHOP_PASSWORD");
            String handle = System.getenv("SHOP_SESSION");
            if (password == null && handle == null) {
              password = "";
            }
        """);
    edit(
        app.resolve(CONTROLLER),
        "  ShippingQuote quote(@RequestParam String country, @RequestParam int grams) {\n",
        """
            try {
              return ask(country, grams);
            } catch (NullPointerException e) {
              throw new IllegalStateException("refused, password=" + System.getenv("SHOP_MESSAGE"), e);
            }
          }

          private ShippingQuote ask(String country, int grams) {
        """);
    git(app, "init", "--quiet", "--initial-branch=main");
    git(app, "add", "--all");
    git(app, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Orders");
    return app;
  }

  private static void edit(Path file, String after, String added) throws Exception {
    String text = Files.readString(file);
    assertThat(text).containsOnlyOnce(after);
    Files.writeString(file, text.replace(after, after + added));
  }

  private Path manifest() throws Exception {
    Path oracles = Fettle.ROOT.resolve("examples/orders-faults/oracles/null-from-map");
    String json =
        """
        {"faults":[{"id":"null-from-map","requests":[{"method":"GET",
          "path":"/api/shipping/quote?country=no&grams=1200&access_token=%s",
          "headers":{"Authorization":"Bearer %s","Cookie":"session=%s"}}],
          "expect":{"status":404,"body":{"error":"not_found"}},"oracles":"%s"}]}
        """;
    return Files.writeString(
        folder.resolve("faults.json"),
        json.formatted(
            SECRETS.get("query"), SECRETS.get("header"), SECRETS.get("cookie"), oracles));
  }

  private static Path workspace(String said) {
    return said.lines()
        .filter(l -> l.startsWith("fettle: workspace "))
        .map(l -> Path.of(l.substring("fettle: workspace ".length())))
        .findFirst()
        .orElseThrow();
  }

  /** The store, its journal, the server's log, patches and what else the server wrote as text. */
  private static List<String> kept(Path data) throws Exception {
    List<String> kept = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().matches(".*\\.(class|jar)")) {
          kept.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return kept;
  }

  /** What a fresh server shows of the same data. */
  private List<String> pages(Path data, String incident) throws Exception {
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Fettle.ROOT.resolve("server/target/fettle-server.jar").toString(),
                "--server.port=" + port,
                "--fettle.data=" + data)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pages.log").toFile())
            .start();
    try {
      String root = "http://127.0.0.1:" + port;
      List<String> pages = new ArrayList<>();
      for (String path : List.of("/incidents", "/incidents/", "/api/v1/incidents/")) {
        HttpResponse<String> page =
            answer(root + path + (path.endsWith("/") ? incident : ""), server);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        pages.add(page.body());
      }
      return pages;
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private static HttpResponse<String> answer(String url, Process server) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (true) {
      try {
        return HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
      } catch (java.net.ConnectException notYet) {
        assertThat(server.isAlive()).isTrue();
        assertThat(System.nanoTime()).isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static String git(Path repository, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
