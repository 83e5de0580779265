package dev.fettle.bench;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** How a benchmark tells what it measured: for people, or as one JSON object. */
final class Printed {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  CommandLine.Model.@Nullable CommandSpec command;

  @CommandLine.Option(
      names = "--json",
      description = "Print exactly one JSON object on standard output.")
  boolean json;

  /** Standard output. */
  PrintWriter out() {
    return line().getOut();
  }

  /** Standard error. */
  PrintWriter err() {
    return line().getErr();
  }

  /** A line of progress, on standard error. */
  void progress(String line) {
    err().println("fettle: " + line);
    err().flush();
  }

  /** Prints one of the two and flushes; only that one is asked for. */
  void print(Supplier<Map<String, Object>> object, Supplier<String> text) {
    PrintWriter out = out();
    out.println(json ? JsonMapper.builder().build().writeValueAsString(object.get()) : text.get());
    out.flush();
  }

  private CommandLine line() {
    return Objects.requireNonNull(command, "picocli sets the command").commandLine();
  }
}
