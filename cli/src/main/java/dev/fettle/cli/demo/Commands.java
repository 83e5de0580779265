package dev.fettle.cli.demo;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end with bounded output. */
final class Commands {
  private static final int OUTPUT_LIMIT = 1 << 20;

  private Commands() {}

  /** How a program ended; {@code output} is standard output and error, cut at one megabyte. */
  record Ended(int code, String output) {
    boolean well() {
      return code == 0;
    }

    String tail(int lines) {
      List<String> all = output.lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }
  }

  static Ended run(
      Path directory, Duration limit, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> drain(process));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Ended(-1, "timed out after " + limit.toSeconds() + " s");
      }
      return new Ended(process.exitValue(), output.join());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INTERNAL, "cannot start " + command.get(0) + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  /** As {@link #run}, failing with the output's end when the program fails. */
  static String must(
      Path directory, Duration limit, Map<String, String> environment, List<String> command) {
    Ended ended = run(directory, limit, environment, command);
    if (!ended.well()) {
      throw new CommandFailure(
          ExitCode.INTERNAL,
          String.join(" ", command) + " failed in " + directory + ":\n" + ended.tail(20));
    }
    return ended.output();
  }

  private static String drain(Process process) {
    try (var in = process.getInputStream()) {
      byte[] kept = in.readNBytes(OUTPUT_LIMIT);
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return new String(kept, StandardCharsets.UTF_8);
    } catch (IOException ended) {
      return "";
    }
  }
}
