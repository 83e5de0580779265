package dev.fettle.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real git, in a directory, deaf to the machine's configuration. */
public record Git(Path directory) {

  public static Git init(Path directory) {
    Git git = new Git(directory);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git.run("init", "-q", "-b", "main");
    git.run("config", "user.name", "Dev");
    git.run("config", "user.email", "dev@example.org");
    return git;
  }

  public Git write(String path, String text) {
    try {
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public String read(String path) {
    try {
      return Files.readString(directory.resolve(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits everything; returns the commit. */
  public String commit(String message) {
    run("add", "-A");
    run("commit", "-q", "-m", message);
    return run("rev-parse", "HEAD").strip();
  }

  /** Runs git; its output, both streams. */
  public String run(String... arguments) {
    Result result = attempt(arguments);
    if (result.code() != 0) {
      throw new AssertionError("git " + List.of(arguments) + ": " + result.output());
    }
    return result.output();
  }

  /** How a run ended. */
  public record Result(int code, String output) {}

  public Result attempt(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder
          .environment()
          .putAll(
              Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1", "LC_ALL", "C"));
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
