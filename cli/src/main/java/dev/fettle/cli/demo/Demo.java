package dev.fettle.cli.demo;

import dev.fettle.cli.demo.FaultManifest.Fault;
import dev.fettle.cli.run.Application;
import dev.fettle.cli.run.DataDirectory;
import dev.fettle.cli.run.Installation;
import dev.fettle.cli.run.Ports;
import dev.fettle.cli.run.ServerOptions;
import dev.fettle.cli.run.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a service under the agent with a server beside it, triggers each fault of a manifest, one at
 * a time, and watches what becomes of it.
 */
public final class Demo {
  private static final int FIRST_PORT = 7411;
  private static final Duration WARM_LIMIT = Duration.ofMinutes(6);
  private static final Duration CONFIRM_LIMIT = Duration.ofMinutes(8);

  private final Installation installation;
  private final Consumer<String> progress;

  /**
   * @param progress takes one line at a time, for people
   */
  public Demo(Installation installation, Consumer<String> progress) {
    this.installation = installation;
    this.progress = progress;
  }

  /**
   * The whole demonstration.
   *
   * @param only a fault's number from 1; null for all
   * @param javaHome the user's; null for none
   */
  DemoReport run(Path app, Path manifestFile, @Nullable Integer only, @Nullable String javaHome) {
    FaultManifest whole = FaultManifest.read(manifestFile);
    FaultManifest manifest = only == null ? whole : whole.only(only);
    Workspace workspace = Workspace.create();
    workspace.take(app).ifPresent(progress);
    Path jdk = workspace.jdk(javaHome);
    progress.accept("workspace " + workspace.root());
    DataDirectory data = new DataDirectory(workspace.data());
    try (ServerProcess server =
        ServerProcess.start(
            installation,
            new ServerOptions(
                Ports.firstFree(FIRST_PORT), data, workspace.repository(), "startup"))) {
      progress.accept("building " + app.getFileName());
      Path jar = workspace.buildJar(jdk);
      server.awaitStarted();
      progress.accept("dashboard " + server.client().address());
      IncidentWatch watch = new IncidentWatch(server.client());
      progress.accept("reading the project and warming the laboratory");
      String confinement = watch.awaitWarm(WARM_LIMIT);
      progress.accept("project code runs in: " + confinement);
      Map<String, String> settings =
          new HashMap<>(Application.settings(server.client().address(), data.agentKey()));
      settings.put("service", app.getFileName().toString());
      settings.put("revision", workspace.revision());
      settings.put("state", workspace.root().resolve("agent").toString());
      try (Service service =
          Service.start(
              jdk.resolve("bin/java").toString(),
              jar,
              installation.agentJar(),
              settings,
              workspace.root().resolve("service.log"))) {
        progress.accept("the service runs under the agent");
        return drive(manifest, workspace, watch, service, new Ground(confinement, jdk));
      }
    }
  }

  /** What the service's code runs in. */
  private record Ground(String confinement, Path jdk) {}

  private DemoReport drive(
      FaultManifest manifest,
      Workspace workspace,
      IncidentWatch watch,
      Service service,
      Ground ground) {
    long began = System.nanoTime();
    FaultDrive drive = new FaultDrive(service, watch, workspace, ground.jdk());
    List<FaultOutcome> outcomes = new ArrayList<>();
    int number = 0;
    for (Fault fault : manifest.faults()) {
      FaultOutcome outcome = drive.drive(fault);
      outcomes.add(outcome);
      progress.accept(line(++number, manifest.faults().size(), outcome));
    }
    progress.accept(
        "running the hidden oracles while the project's own build confirms the branches");
    List<Optional<Boolean>> correct = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      correct.add(drive.correct(manifest.faults().get(i), outcomes.get(i)));
    }
    progress.accept("waiting for the project's own build to confirm the branches");
    watch.awaitConfirmed(CONFIRM_LIMIT);
    List<FaultOutcome> judged = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      judged.add(drive.settle(manifest.faults().get(i), outcomes.get(i), correct.get(i)));
    }
    return new DemoReport(judged, (System.nanoTime() - began) / 1_000_000, ground.confinement());
  }

  private static String line(int number, int of, FaultOutcome outcome) {
    String what =
        !outcome.captured()
            ? "not captured"
            : (outcome.reproduced() ? "reproduced, " : "not reproduced, ")
                + (outcome.patched() ? "patched on " + outcome.branch() : "not patched")
                + (outcome.hotPatched() ? ", healed live" : "");
    return String.format(
        "[%d/%d] %-28s %s%s",
        number,
        of,
        outcome.id(),
        what,
        outcome.note().isEmpty() ? "" : " (" + outcome.note() + ")");
  }
}
