package dev.fettle.bench.host;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM started for a benchmark that listens on a loopback port; it ends with the benchmark. */
public final class ServiceJvm implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final int port;
  private final Path log;
  private final Thread onExit;
  private final long startedAt = System.nanoTime();

  private ServiceJvm(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.onExit = new Thread(process::destroyForcibly, "stop-" + port);
  }

  /**
   * Starts a JVM without waiting for it.
   *
   * @param command to which the caller has already told {@code port}
   * @param environment added to a copy of this process's, without its {@code JAVA_TOOL_OPTIONS}
   */
  public static ServiceJvm start(
      List<String> command, Map<String, String> environment, int port, Path log) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(ServiceJvm::changesTheService);
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      ServiceJvm jvm = new ServiceJvm(builder.start(), port, log);
      Runtime.getRuntime().addShutdownHook(jvm.onExit);
      return jvm;
    } catch (IOException e) {
      throw BenchFailure.broken("cannot start " + command.get(0) + ": " + e.getMessage());
    }
  }

  private static boolean changesTheService(String variable) {
    return variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS")
        || variable.startsWith("FETTLE_");
  }

  /** A loopback port that nobody listens on at this moment. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw BenchFailure.broken("no free port: " + e.getMessage());
    }
  }

  /** Waits until it accepts connections; returns nanoseconds since it was started. */
  public long awaitListening() {
    while (System.nanoTime() - startedAt < START_LIMIT.toNanos()) {
      if (!process.isAlive()) {
        throw BenchFailure.broken(
            "a process ended with code " + process.exitValue() + " while starting:" + tail());
      }
      if (listens()) {
        return System.nanoTime() - startedAt;
      }
      pause(Duration.ofMillis(5));
    }
    throw BenchFailure.broken(
        "no answer on port " + port + " within " + START_LIMIT.toSeconds() + " s:" + tail());
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The end of what it printed, indented, for a failure's message. */
  public String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - 8), lines.size());
      return "\n  " + String.join("\n  ", last);
    } catch (IOException unreadable) {
      return " see " + log;
    }
  }

  /** Lets time pass. */
  public static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchFailure.broken("interrupted");
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException alreadyShuttingDown) {
      // Then the hook itself runs now; the process has ended already.
    }
  }
}
