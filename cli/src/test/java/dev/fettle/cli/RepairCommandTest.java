package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.cli.repair.RepairRequest;
import dev.fettle.cli.repair.RepairSession;
import dev.fettle.cli.repair.Repaired;
import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.contract.model.Confidence;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RepairCommandTest {
  private static final byte[] DIFF = "--- a/A.java\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aPatchThatCouldNotBeDeliveredIsStillTheOneObject() {
    ExitCode code = finished(folder.resolve("nowhere/x.patch"));

    JsonNode object = JsonMapper.builder().build().readTree(out.toString());
    assertThat(code).isEqualTo(ExitCode.INTERNAL);
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(object.path("exitCode").asInt()).isEqualTo(1);
    assertThat(object.at("/error/message").asString()).contains("could not be delivered");
    assertThat(object.path("patches")).hasSize(1);
    assertThat(err.toString()).contains("could not be delivered", "nowhere/x.patch");
  }

  @Test
  void aPatchThatWasDeliveredIsTheOneObject() {
    Path patch = folder.resolve("x.patch");

    ExitCode code = finished(patch);

    JsonNode object = JsonMapper.builder().build().readTree(out.toString());
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(object.path("exitCode").asInt()).isZero();
    assertThat(object.has("error")).isFalse();
    assertThat(patch).hasBinaryContent(DIFF);
  }

  @Test
  void anInterruptedRepairPrintsTheCodeThatItsProcessEndsWith() {
    RepairSession session = session();
    session.interrupt();

    ExitCode code = finished(session, folder.resolve("x.patch"));

    JsonNode object = JsonMapper.builder().build().readTree(out.toString());
    assertThat(code).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(object.path("exitCode").asInt()).isEqualTo(130);
    assertThat(object.path("patches")).hasSize(1);
  }

  @Test
  void refusesToKeepItsCopiesInTheProjectsOwnDirectory() {
    int code =
        new CommandLine(new RepairCommand())
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler((e, line, parsed) -> failed(e))
            .execute("--project", folder.toString(), "--data", folder.toString());

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("is the project: wanted a directory of its own");
  }

  private int failed(Exception e) {
    err.write(String.valueOf(e.getMessage()));
    return e instanceof CommandFailure failure ? failure.exitCode().code() : -1;
  }

  @Test
  void aRepairThatCannotBeginEndsWithoutWaitingForAResult() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Child.Ended ended =
        Child.start(
                folder,
                Map.of(),
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.fettle.cli.Main",
                    "repair",
                    "--data",
                    file.resolve("below").toString()))
            .end();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("internal error").doesNotContain("interrupted");
  }

  private RepairSession session() {
    RepairRequest request =
        new RepairRequest(
            folder, Optional.empty(), List.of(), null, folder, Duration.ofSeconds(9), 1, 5);
    return new RepairSession(request, new PrintWriter(err, true));
  }

  private ExitCode finished(Path patch) {
    return finished(session(), patch);
  }

  private ExitCode finished(RepairSession session, Path patch) {
    RepairCommand command = new RepairCommand();
    command.output.json = true;
    command.delivery.file = patch;
    Repaired.Found found =
        new Repaired.Found(
            Map.of("A.java", new byte[0]),
            DIFF,
            "search",
            "a cause",
            "a reason",
            List.of(),
            List.of("a test passes"),
            null,
            Confidence.counted(0.5, List.of()),
            Repaired.Confirmed.YES,
            "the build passes");
    Repaired repaired =
        new Repaired(
            Repaired.End.REPAIRED,
            List.of(found),
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            1,
            1,
            Duration.ZERO,
            Duration.ZERO);
    return command.finished(
        session, repaired, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
