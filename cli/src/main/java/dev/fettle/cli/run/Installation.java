package dev.fettle.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Fettle itself lies: the checkout that the launcher script stands in.
 *
 * @param home the checkout's root
 */
public record Installation(Path home) {

  /** The installation named by the launcher through {@code fettle.home}. */
  public static Installation current() {
    String home = System.getProperty("fettle.home");
    if (home == null) {
      throw new CommandFailure(
          ExitCode.INTERNAL, "fettle.home is not set: start Fettle through its launcher script");
    }
    return new Installation(Path.of(home).toAbsolutePath().normalize());
  }

  /** The agent that applications run under. */
  public Path agentJar() {
    return existing("agent/target/fettle-agent.jar");
  }

  /** The server's executable jar. */
  public Path serverJar() {
    return existing("server/target/fettle-server.jar");
  }

  /** The benchmarks' executable jar. */
  public Path benchJar() {
    return existing("bench/target/fettle-bench.jar");
  }

  private Path existing(String relative) {
    Path jar = home.resolve(relative);
    if (!Files.isRegularFile(jar)) {
      throw new CommandFailure(
          ExitCode.INTERNAL,
          "missing " + jar + ": build first with ./mvnw -DskipTests package in " + home);
    }
    return jar;
  }

  /** The java binary that runs this process. */
  public Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
