package dev.fettle.cli;

import dev.fettle.cli.run.Application;
import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.DataDirectory;
import dev.fettle.cli.run.DeclaredPackages;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Installation;
import dev.fettle.cli.run.Ports;
import dev.fettle.cli.run.RunningServers;
import dev.fettle.cli.run.ServerOptions;
import dev.fettle.cli.run.ServerProcess;
import dev.fettle.contract.model.HealMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an application under the agent, with a server beside it.",
      "Input, output, signals and exit code are the application's own."
    })
final class RunCommand implements Callable<Integer> {
  private static final int FIRST_PORT = 7411;

  /** Made by the server at its start; agents believe snippets signed with its other half only. */
  private static final String SNIPPET_KEY = "heal-key.pub";

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @CommandLine.Option(
      names = "--repo",
      paramLabel = "DIR",
      description = "Git checkout of the application; without it failures are diagnosed only.")
  @Nullable Path repository;

  @CommandLine.Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the server keeps its data.")
  @Nullable Path data;

  @CommandLine.Option(
      names = "--policy",
      paramLabel = "NAME|FILE",
      description = "The server's ceiling: default, startup, enterprise, or a policy file.")
  @Nullable String policy;

  @CommandLine.Option(
      names = "--packages",
      paramLabel = "P[,P]",
      description = "Packages that are the application's. Default: found out by the agent.")
  @Nullable String packages;

  @CommandLine.Option(
      names = "--heal",
      paramLabel = "MODE",
      description = {
        "Healing of failing statements: off, observe (default), typed, contained or full.",
        "Full runs code over the program's live state."
      })
  @Nullable HealMode heal;

  @CommandLine.Option(
      names = "--heal-install",
      paramLabel = "WHEN",
      description =
          "eager (default), or on-failure, which cannot heal the first failure of a class.")
  @Nullable String healInstall;

  @CommandLine.Option(
      names = "--llm",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "PROVIDER[:MODEL]",
      description = {
        "With --heal contained or full: a language model writes healing snippets; they are judged,",
        "compiled and signed here, and judged again by the agent. Default: the user's"
            + " configuration."
      })
  @Nullable String llm;

  @CommandLine.Option(names = "--service", paramLabel = "NAME", description = "The service's name.")
  @Nullable String service;

  @CommandLine.Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "After --: the application's command line.")
  List<String> command = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Installation installation = Installation.current();
    Path repo = repository == null ? null : checkedRepository(repository);
    DataDirectory directory =
        data == null
            ? DataDirectory.of(repo, System.getenv())
            : new DataDirectory(data.toAbsolutePath());
    int port = Ports.firstFree(FIRST_PORT);
    try (ServerProcess server =
        ServerProcess.start(
            installation, new ServerOptions(port, directory, repo, policy, heal, llm))) {
      RunningServers.of(System.getenv()).started(server.client().address(), directory);
      Map<String, String> settings =
          new LinkedHashMap<>(
              Application.settings(server.client().address(), directory.agentKey()));
      if (packages != null) {
        settings.put("packages", packages);
      } else if (repo != null) {
        settings.put("repository.packages", String.join(",", DeclaredPackages.of(repo)));
      }
      if (service != null) {
        settings.put("service", service);
      }
      heal(settings);
      settings.put("heal.verify-key-file", directory.path().resolve(SNIPPET_KEY).toString());
      System.err.println("fettle: dashboard " + server.client().address());
      System.err.println(
          "fettle: " + DashboardCommand.decide(server.client().address(), directory));
      server.onExit(code -> alone(code, server.log()));
      return supervise(new Application(command, settings).process(installation.agentJar()));
    }
  }

  /** The application goes on without a server; the terminal's interrupt ends both. */
  private static void alone(int code, Path log) {
    if (code != ExitCode.INTERRUPTED.code()) {
      System.err.println(
          "fettle: the server ended with code "
              + code
              + ": nothing is watched any more; its log: "
              + log);
    }
  }

  private void heal(Map<String, String> settings) {
    if (heal != null) {
      settings.put("heal", heal.word());
    }
    if (healInstall != null) {
      settings.put("heal.install", healInstall);
      if (healInstall.equals("on-failure")) {
        System.err.println("fettle: on-failure cannot heal the first failure of a class");
      }
    }
  }

  private void check() {
    if (healInstall != null && !List.of("eager", "on-failure").contains(healInstall)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--heal-install is " + Output.printable(healInstall) + "; expected eager or on-failure");
    }
  }

  private static int supervise(ProcessBuilder builder) throws InterruptedException {
    Process application;
    try {
      application = builder.inheritIO().start();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "cannot start " + builder.command().get(0) + ": " + e.getMessage());
    }
    Thread forward = new Thread(() -> end(application), "forward-signal");
    Runtime.getRuntime().addShutdownHook(forward);
    int code = application.waitFor();
    if (!forward.isAlive()) {
      try {
        Runtime.getRuntime().removeShutdownHook(forward);
      } catch (IllegalStateException shuttingDown) {
        forward.join();
      }
    }
    return code;
  }

  private static void end(Process application) {
    application.destroy();
    try {
      application.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Path checkedRepository(Path repository) {
    Path path = repository.toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      throw new CommandFailure(
          ExitCode.USAGE, "no such directory: " + path + "; --repo expects a git checkout");
    }
    if (!Files.exists(path.resolve(".git"))) {
      throw new CommandFailure(
          ExitCode.USAGE, path + " is not the root of a git checkout; --repo expects one");
    }
    return path;
  }
}
