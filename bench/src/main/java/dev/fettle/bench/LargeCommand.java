package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.host.Folders;
import dev.fettle.bench.repair.GeneratedCode;
import dev.fettle.bench.repair.LargeCodeBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;

@CommandLine.Command(
    name = "large",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how long the first candidates take after a stack trace in a large, generated code",
      "base: with nothing known, and with its index in memory."
    })
final class LargeCommand implements Callable<Integer> {
  private static final int TRACES = 20;

  @CommandLine.Mixin Printed printed = new Printed();

  @CommandLine.Option(
      names = "--lines",
      paramLabel = "N",
      description = "Lines of the code base, 1000 to 5000000. Default: ${DEFAULT-VALUE}.")
  long lines = 1_000_000;

  @Override
  public Integer call() throws IOException {
    if (lines < 1_000 || lines > 5_000_000) {
      throw BenchFailure.usage("--lines " + lines + ": wanted 1000 to 5000000");
    }
    Path directory = Files.createTempDirectory("fettle-bench-large");
    try {
      printed.err().println("fettle: writing " + lines + " lines");
      GeneratedCode code = GeneratedCode.write(directory, lines, 1);
      Path jdk = Path.of(System.getProperty("java.home"));
      Map<String, Object> measured = new LargeCodeBase(code, jdk).measure(TRACES);
      printed.print(() -> measured, () -> text(measured));
    } finally {
      Folders.delete(directory);
    }
    return 0;
  }

  private static String text(Map<String, Object> measured) {
    return measured.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining("\n"));
  }
}
