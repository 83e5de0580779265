package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that {@code ./fettle} was started from, and what it built. */
record Installation(Path home) {
  /** As the launcher says. */
  static Installation ofThisProcess() {
    String home = System.getProperty("fettle.home");
    if (home == null) {
      throw BenchFailure.broken("fettle.home is not set: start this through ./fettle bench");
    }
    return new Installation(Path.of(home).toAbsolutePath().normalize());
  }

  /** The packed agent. */
  Path agent() {
    return built("agent/target/fettle-agent.jar");
  }

  /** The packed command line. */
  Path cli() {
    return built("cli/target/fettle-cli.jar");
  }

  private Path built(String path) {
    Path file = home.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw BenchFailure.broken("missing " + file + ": build first");
    }
    return file;
  }
}
