package dev.fettle.bench.host;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the agent reports to during a benchmark. */
public interface AgentServer extends AutoCloseable {
  /** Where agents connect. */
  URI address();

  /** What agents show. */
  String key();

  /** What it is, for the report. */
  String description();

  @Override
  void close();

  /** Fettle's own server as a process of its own; where its jar was not built, a sink. */
  static AgentServer start(String java, Path serverJar, Path folder) {
    return Files.isRegularFile(serverJar) ? real(java, serverJar, folder) : sink();
  }

  private static AgentServer real(String java, Path serverJar, Path folder) {
    String key = "fettle-bench-0123456789abcdef";
    int port = ServiceJvm.freePort();
    ServiceJvm jvm =
        ServiceJvm.start(
            List.of(
                java,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-jar",
                serverJar.toString(),
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--fettle.data=" + folder.resolve("server-data"),
                "--fettle.parent-pid=" + ProcessHandle.current().pid()),
            Map.of("FETTLE_KEY", key),
            port,
            folder.resolve("server.log"));
    jvm.awaitListening();
    return new Running(jvm.address(), key, "Fettle's server in its own process", jvm::close);
  }

  /** Answers everything with 200 and nothing, in this process. */
  static AgentServer sink() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      http.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      http.start();
      URI address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
      return new Running(
          address, "none", "a sink that answers 200 (no server jar built)", () -> http.stop(0));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback", e);
    }
  }

  /** A server that answers at {@code address} until {@code stop} has run. */
  record Running(URI address, String key, String description, Runnable stop)
      implements AgentServer {
    @Override
    public void close() {
      stop.run();
    }
  }
}
