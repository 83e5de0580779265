package dev.fettle.cli;

import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.Installation;
import dev.fettle.cli.run.RunningServers;
import dev.fettle.cli.run.ServerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says what is set up and what is missing.")
final class DoctorCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;
  @CommandLine.Mixin Output output = new Output();

  /** One finding: what was looked at, whether it is well, and what to do otherwise. */
  record Finding(String what, boolean well, String detail) {}

  @Override
  public Integer call() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            "java",
            Runtime.version().feature() >= 17,
            Runtime.version() + " in " + System.getProperty("java.home")));
    findings.add(
        new Finding(
            "compiler",
            javax.tools.ToolProvider.getSystemJavaCompiler() != null,
            "javac of this JDK"));
    findings.add(probe("git", List.of("git", "--version"), "install git"));
    findings.add(
        probe(
            "sandbox",
            List.of("bwrap", "--ro-bind", "/", "/", "--unshare-all", "true"),
            "bubblewrap works not or is missing: project code runs on the host, and every output says so"));
    Installation installation = Installation.current();
    for (String jar :
        List.of(
            "agent/target/fettle-agent.jar",
            "server/target/fettle-server.jar",
            "bench/target/fettle-bench.jar")) {
      Path path = installation.home().resolve(jar);
      findings.add(new Finding(jar, Files.isRegularFile(path), path.toString()));
    }
    var address = RunningServers.of(System.getenv()).latest();
    findings.add(
        new Finding(
            "server",
            address.map(a -> new ServerClient(a).reachable()).orElse(false),
            address
                .map(Object::toString)
                .orElse("none was started here; fettle run and fettle serve start one")));
    if (output.json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("findings", findings);
      output.object(Terminal.out(spec), object);
    } else {
      List<List<String>> rows = new ArrayList<>();
      findings.forEach(f -> rows.add(List.of(f.well() ? "ok" : "--", f.what(), f.detail())));
      Output.table(Terminal.out(spec), rows);
    }
    return ExitCode.DONE.code();
  }

  private static Finding probe(String what, List<String> command, String otherwise)
      throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(
                  process.getInputStream().readNBytes(400), java.nio.charset.StandardCharsets.UTF_8)
              .strip();
      boolean well = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      return new Finding(what, well, well ? (said.isEmpty() ? command.get(0) : said) : otherwise);
    } catch (IOException absent) {
      return new Finding(what, false, otherwise);
    }
  }
}
