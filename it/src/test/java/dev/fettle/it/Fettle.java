package dev.fettle.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command line, started through its launcher script as a user does. */
final class Fettle {
  static final Path ROOT = Path.of(System.getProperty("fettle.root")).toAbsolutePath();

  private Fettle() {}

  /** How a command ended. */
  record Ended(int code, String out, String err) {}

  static Ended run(Map<String, String> environment, int seconds, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", ROOT.resolve("fettle").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FETTLE_SKIP_BUILD", "1");
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(
          "no end within " + seconds + " s: " + command + "\n" + err.getNow(""));
    }
    return new Ended(process.exitValue(), out.join(), err.join());
  }

  static boolean packaged() {
    return Files.isRegularFile(ROOT.resolve("cli/target/fettle-cli.jar"))
        && Files.isRegularFile(ROOT.resolve("server/target/fettle-server.jar"))
        && Files.isRegularFile(ROOT.resolve("agent/target/fettle-agent.jar"));
  }

  private static CompletableFuture<String> read(java.io.InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException ended) {
            return "";
          }
        });
  }
}
