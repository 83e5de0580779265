package dev.fettle.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The writers of a command. */
final class Terminal {
  private Terminal() {}

  static PrintWriter out(CommandLine.Model.@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec, "picocli sets the spec").commandLine().getOut();
  }

  static PrintWriter err(CommandLine.Model.@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec, "picocli sets the spec").commandLine().getErr();
  }
}
