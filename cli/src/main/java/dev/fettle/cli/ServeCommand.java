package dev.fettle.cli;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.DataDirectory;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Installation;
import dev.fettle.cli.run.Ports;
import dev.fettle.cli.run.RunningServers;
import dev.fettle.cli.run.ServerOptions;
import dev.fettle.cli.run.ServerProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs a server until it is interrupted.")
final class ServeCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 7411;

  @CommandLine.Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on. Default: the first free one from 7411.")
  @Nullable Integer port;

  @CommandLine.Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the server keeps its data.")
  @Nullable Path data;

  @CommandLine.Option(names = "--repo", paramLabel = "DIR", description = "Git checkout to repair.")
  @Nullable Path repository;

  @CommandLine.Option(
      names = "--policy",
      paramLabel = "NAME|FILE",
      description = "The ceiling: default, startup, enterprise, or a policy file.")
  @Nullable String policy;

  @Override
  public Integer call() throws InterruptedException {
    if (port != null && (port < 1 || port > 65535)) {
      throw new CommandFailure(ExitCode.USAGE, "expected a port between 1 and 65535, got " + port);
    }
    if (port != null && !Ports.free(port)) {
      throw new CommandFailure(
          ExitCode.USAGE, "port " + port + " is taken; choose another or leave --port out");
    }
    int chosen = port != null ? port : Ports.firstFree(DEFAULT_PORT);
    Path repo = repository == null ? null : RunCommand.checkedRepository(repository);
    DataDirectory directory =
        data == null
            ? DataDirectory.of(repo, System.getenv())
            : new DataDirectory(data.toAbsolutePath());
    ServerProcess server =
        ServerProcess.start(
            Installation.current(), new ServerOptions(chosen, directory, repo, policy));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-server"));
    server.awaitStarted();
    RunningServers.of(System.getenv()).started(server.client().address(), directory);
    System.err.println("fettle: dashboard " + server.client().address());
    System.err.println("fettle: " + DashboardCommand.decide(server.client().address(), directory));
    System.err.println(
        "fettle: agents use -Dfettle.server="
            + server.client().address()
            + " and the key in "
            + directory.path().resolve("agent.key"));
    CountDownLatch ended = new CountDownLatch(1);
    server.onExit(code -> ended.countDown());
    ended.await();
    return ExitCode.INTERNAL.code();
  }
}
