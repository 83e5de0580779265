package dev.fettle.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.DataDirectory;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Installation;
import java.io.IOException;
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
      description = "The server's data directory, for its key.")
  @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    DataDirectory directory =
        data == null
            ? DataDirectory.of(null, System.getenv())
            : new DataDirectory(data.toAbsolutePath());
    String options =
        "server="
            + server.client().address()
            + ",key-file="
            + directory.path().resolve("agent.key");
    directory.agentKey();
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
}
