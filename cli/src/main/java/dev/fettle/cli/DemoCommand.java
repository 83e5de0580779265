package dev.fettle.cli;

import dev.fettle.cli.demo.DemoRun;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Installation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a service under the agent, triggers its faults one at a time, and reports what",
      "Fettle did: captured, reproduced, patched, correct, healed live. Default: the bundled",
      "example. Repairs are made under the policy 'startup', in a clone of the service."
    })
final class DemoCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin Output output = new Output();

  @CommandLine.Option(
      names = "--app",
      paramLabel = "DIR",
      description = "A git checkout with a Maven build of one Spring Boot application.")
  @Nullable Path app;

  @CommandLine.Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "Its fault manifest; see docs/faults.schema.json.")
  @Nullable Path faults;

  @CommandLine.Option(
      names = "--only",
      paramLabel = "N",
      description = "Only fault number N, counted from 1.")
  @Nullable Integer only;

  @Override
  public Integer call() {
    PrintWriter err = Terminal.err(spec);
    PrintWriter out = Terminal.out(spec);
    DemoRun run =
        DemoRun.of(
            Installation.current(),
            app,
            faults,
            only,
            line -> {
              err.println("fettle: " + Output.line(line));
              err.flush();
            });
    if (output.json) {
      output.object(out, run.json());
    } else {
      Output.table(out, run.rows());
      out.println();
      run.summary().forEach(line -> out.println(Output.printable(line)));
      out.flush();
    }
    return run.captured() == 0 ? ExitCode.NOTHING_FOUND.code() : ExitCode.DONE.code();
  }
}
