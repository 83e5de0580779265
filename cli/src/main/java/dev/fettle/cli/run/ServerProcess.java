package dev.fettle.cli.run;

import dev.fettle.contract.model.HealMode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** A server running as a child that ends when this process ends. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  private static final Set<String> OTHERS =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "DEBUG", "TRACE");
  private static final List<String> OTHERS_BEGIN =
      List.of("SPRING", "SERVER_", "MANAGEMENT_", "LOGGING_");

  private final Process process;
  private final ServerClient client;
  private final Path log;
  private final Closeable reserved;
  private volatile boolean closing;

  private ServerProcess(Process process, ServerClient client, Path log, Closeable reserved) {
    this.process = process;
    this.client = client;
    this.log = log;
    this.reserved = reserved;
  }

  /**
   * Starts a server without waiting for it.
   *
   * @throws CommandFailure when another one uses the data directory
   */
  public static ServerProcess start(Installation installation, ServerOptions options) {
    Closeable reserved = options.data().reserve();
    String key = options.data().agentKey();
    OwnerSecret owner = options.data().owner();
    Path log = options.data().path().resolve("server.log");
    List<String> command = new ArrayList<>();
    command.add(installation.java().toString());
    command.add("-Xmx1g");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=4");
    command.add("-jar");
    command.add(installation.serverJar().toString());
    // the working directory is the application's, and so is a Spring configuration that lies there
    command.add("--spring.config.location=classpath:/");
    command.add("--server.port=" + options.port());
    command.add("--server.address=127.0.0.1");
    command.add("--fettle.data=" + options.data().path());
    command.add("--fettle.parent-pid=" + ProcessHandle.current().pid());
    if (options.repository() != null) {
      command.add("--fettle.repository=" + options.repository());
    }
    if (options.policy() != null) {
      command.add("--fettle.policy=" + options.policy());
    }
    HealMode heal = options.heal();
    if (heal != null) {
      command.add("--fettle.heal=" + heal.word());
    }
    String llm = options.llm();
    if (llm != null && !llm.isEmpty()) {
      command.add("--fettle.llm-choice=" + llm);
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(ServerProcess::meantForTheApplication);
    builder.environment().put("FETTLE_KEY", key);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      Process process = builder.start();
      URI address = URI.create("http://127.0.0.1:" + options.port());
      return new ServerProcess(process, new ServerClient(address, owner), log, reserved);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the server", e);
    }
  }

  /** Whether Spring or the JVM would read a variable that was set for another program. */
  private static boolean meantForTheApplication(String variable) {
    String name = variable.toUpperCase(Locale.ROOT);
    return OTHERS.contains(name) || OTHERS_BEGIN.stream().anyMatch(name::startsWith);
  }

  /** Waits until the server answers. */
  public ServerProcess awaitStarted() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new CommandFailure(
            ExitCode.INTERNAL,
            "the server ended with code " + process.exitValue() + "; its log: " + log + tail());
      }
      if (client.reachable()) {
        return this;
      }
      pause(50);
    }
    throw new CommandFailure(
        ExitCode.INTERNAL,
        "the server did not answer within " + START_LIMIT.toSeconds() + " s; its log: " + log);
  }

  /** Runs {@code action} with its exit code when the server has ended and nobody closed it. */
  public void onExit(IntConsumer action) {
    process
        .onExit()
        .thenAccept(
            ended -> {
              if (!closing) {
                action.accept(ended.exitValue());
              }
            });
  }

  /** The way to talk to it. */
  public ServerClient client() {
    return client;
  }

  /** Its log file. */
  public Path log() {
    return log;
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return "\n  "
          + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    } catch (IOException unreadable) {
      return "";
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  @Override
  public void close() {
    closing = true;
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      reserved.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the data directory", e);
    }
  }
}
