package dev.fettle.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real process that a test starts and waits for, with its output in files. */
final class Child {
  private final Process process;
  private final Path out;
  private final Path err;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** How it ended. */
  record Ended(int code, String out, String err) {}

  static Child start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Path out = Files.createTempFile("child-", ".out");
    Path err = Files.createTempFile("child-", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FETTLE_"));
    builder.environment().putAll(environment);
    return new Child(builder.start(), out, err);
  }

  Process process() {
    return process;
  }

  void say(String input) throws IOException {
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Waits until it has printed {@code text}. */
  void awaitOutput(String text) throws IOException, InterruptedException {
    await(text, () -> Files.readString(out).contains(text));
  }

  /** Waits until it has said {@code text} on standard error. */
  void awaitError(String text) throws IOException, InterruptedException {
    await(text, () -> Files.readString(err).contains(text));
  }

  /** Waits until the file is there and has something in it. */
  void awaitFile(Path file) throws IOException, InterruptedException {
    await(file.toString(), () -> Files.exists(file) && Files.size(file) > 0);
  }

  /** Waits until a thread of this JVM is inside a method of that name. */
  void awaitThread(String method) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    await(
        method,
        () -> {
          Process threads =
              new ProcessBuilder(jcmd, "" + process.pid(), "Thread.print")
                  .redirectErrorStream(true)
                  .start();
          byte[] said = threads.getInputStream().readAllBytes();
          return new String(said, StandardCharsets.UTF_8).contains("." + method + "(");
        });
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(String what, Condition condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("never came to " + what + ": " + Files.readString(err));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  Ended end() throws IOException, InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + Files.readString(err));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
