package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** Which JDK runs what a benchmark starts. */
final class ChildJdk {
  @CommandLine.Option(
      names = "--java-home",
      paramLabel = "DIR",
      description = "The JDK that runs the children. Default: the one that runs this command.")
  Path home = Path.of(System.getProperty("java.home"));

  /** Its launcher. */
  Path java() {
    Path java = home.resolve("bin/java");
    if (!Files.isExecutable(java)) {
      throw BenchFailure.usage("no bin/java in " + home + "; --java-home expects a JDK");
    }
    return java;
  }
}
