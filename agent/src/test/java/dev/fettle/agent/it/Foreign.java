package dev.fettle.agent.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jars of others that the build put beside the agent. */
final class Foreign {
  private Foreign() {}

  static Path jar(String name) {
    return Path.of("target", "foreign", name + ".jar").toAbsolutePath();
  }

  /** All jars of a folder, as a class path. */
  static String classPath(String folder) throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "foreign", folder).toAbsolutePath())) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
  }
}
