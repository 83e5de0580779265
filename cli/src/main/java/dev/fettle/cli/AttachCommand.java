package dev.fettle.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.DataDirectory;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Installation;
import dev.fettle.cli.run.RunningServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    description = {
      "Loads the agent into a running JVM.",
      "Frames that run at this moment stay as they are; JDK 21 and later print a warning there."
    })
final class AttachCommand implements Callable<Integer> {
  @CommandLine.Parameters(paramLabel = "PID", description = "The JVM's process id (see: jps -l).")
  long pid;

  @CommandLine.Mixin ServerAddress server = new ServerAddress();

  @CommandLine.Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The server's data directory, for its key. Default: that of the server last started"
              + " here, where it is the one.")
  @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    if (ProcessHandle.of(pid).isEmpty()) {
      throw new CommandFailure(ExitCode.NOTHING_FOUND, "there is no process " + pid);
    }
    URI address = server.client().address();
    String options = "server=" + address + ",key-file=" + keyFile(address);
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        machine.loadAgent(Installation.current().agentJar().toString(), options);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw new CommandFailure(
          ExitCode.NOTHING_FOUND,
          "process " + pid + " is not a JVM of this user: " + e.getMessage());
    } catch (AgentLoadException | AgentInitializationException e) {
      throw new CommandFailure(
          ExitCode.INTERNAL, "process " + pid + " refused the agent: " + e.getMessage());
    }
    System.err.println("fettle: the agent runs in process " + pid);
    return ExitCode.DONE.code();
  }

  /** The key must be the server's own: an agent with another one is turned away. */
  private Path keyFile(URI address) {
    DataDirectory directory =
        data != null
            ? new DataDirectory(data.toAbsolutePath())
            : RunningServers.of(System.getenv())
                .dataOf(address)
                .orElseGet(() -> DataDirectory.of(null, System.getenv()));
    return directory
        .existingKey()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "no key in "
                        + directory.path()
                        + "; name the data directory of the server at "
                        + address
                        + " with --data"));
  }
}
