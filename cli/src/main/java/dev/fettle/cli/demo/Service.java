package dev.fettle.cli.demo;

import dev.fettle.cli.demo.FaultManifest.Exchange;
import dev.fettle.cli.run.Application;
import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service under test, running under the agent on a port of its own. */
final class Service implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  private Service(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** An answer; {@code status} is 0 when there was none. */
  record Answer(int status, String body) {}

  static Service start(String java, Path jar, Path agent, Map<String, String> settings, Path log) {
    int port = Ports.any();
    ProcessBuilder builder =
        new Application(
                List.of(java, "-Xmx512m", "-jar", jar.toString(), "--server.port=" + port),
                settings)
            .process(agent);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      Service service = new Service(builder.start(), URI.create("http://127.0.0.1:" + port));
      Runtime.getRuntime().addShutdownHook(new Thread(service.process::destroy, "end-service"));
      service.awaitStarted(log);
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the service", e);
    }
  }

  private void awaitStarted(Path log) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new CommandFailure(
            ExitCode.INTERNAL,
            "the service ended with code " + process.exitValue() + "; its log: " + log);
      }
      if (send(new Exchange("GET", "/", Map.of(), null)).status() != 0) {
        new Settling(this::ready, () -> size(log), System::nanoTime, () -> pause(100)).await();
        return;
      }
      pause(100);
    }
    close();
    throw new CommandFailure(
        ExitCode.INTERNAL,
        "the service did not answer on "
            + address
            + " within "
            + START_LIMIT.toSeconds()
            + " s; its log: "
            + log);
  }

  private boolean ready() {
    return send(new Exchange("GET", "/actuator/health/readiness", Map.of(), null)).status() == 200;
  }

  private static long size(Path log) {
    try {
      return Files.size(log);
    } catch (IOException e) {
      return 0;
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  Answer send(Exchange exchange) {
    HttpRequest request = exchange.to(address).timeout(REQUEST_LIMIT).build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(0, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
