package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.repair.GeneratedCode;
import dev.fettle.bench.repair.LargeCodeBase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

@CommandLine.Command(
    name = "large",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how long the first candidates take after a stack trace in a large, generated code",
      "base: with nothing known, and with its index in memory."
    })
final class LargeCommand implements Callable<Integer> {
  private static final int TRACES = 20;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Option(
      names = "--json",
      description = "Print exactly one JSON object on standard output.")
  boolean json;

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
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    Path directory = Files.createTempDirectory("fettle-bench-large");
    try {
      line.getErr().println("fettle: writing " + lines + " lines");
      GeneratedCode code = GeneratedCode.write(directory, lines, 1);
      Path jdk = Path.of(System.getProperty("java.home"));
      print(line.getOut(), new LargeCodeBase(code, jdk).measure(TRACES));
    } finally {
      delete(directory);
    }
    return 0;
  }

  private void print(PrintWriter out, Map<String, Object> measured) {
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(measured));
    } else {
      measured.forEach((name, value) -> out.println(name + ": " + value));
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
