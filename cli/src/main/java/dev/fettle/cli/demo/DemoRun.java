package dev.fettle.cli.demo;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A demonstration that ran: its figures as the object that {@code --json} prints, and as rows.
 *
 * @param captured how many faults opened an incident
 */
public record DemoRun(
    Map<String, Object> json, List<List<String>> rows, List<String> summary, long captured) {

  /**
   * Runs the manifest against a service.
   *
   * @param app the service's folder; null for the bundled example
   * @param faults the manifest; null for the bundled one
   * @param only a fault's number from 1; null for all
   * @throws CommandFailure when the service or the manifest cannot be used
   */
  public static DemoRun of(
      Installation installation,
      @Nullable Path app,
      @Nullable Path faults,
      @Nullable Integer only,
      Consumer<String> progress) {
    if ((app == null) != (faults == null)) {
      throw new CommandFailure(ExitCode.USAGE, "--app and --faults go together");
    }
    Path service =
        app == null
            ? installation.home().resolve("examples/orders")
            : app.toAbsolutePath().normalize();
    Path manifest =
        faults == null
            ? installation.home().resolve("examples/orders-faults/faults.json")
            : faults.toAbsolutePath().normalize();
    if (!Files.isDirectory(service)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "no such directory: " + service + "; --app expects a git checkout of a service");
    }
    if (app != null && !Files.exists(service.resolve(".git"))) {
      throw new CommandFailure(
          ExitCode.USAGE, service + " is not the root of a git checkout; --app expects one");
    }
    DemoReport report =
        new Demo(installation, progress).run(service, manifest, only, System.getenv("JAVA_HOME"));
    return new DemoRun(
        report.json(), report.rows(), report.summary(), report.count(FaultOutcome::captured));
  }
}
