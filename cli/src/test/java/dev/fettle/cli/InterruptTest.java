package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.testkit.TinyJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while there is no application yet: a real process, a real SIGINT, exit code 130. */
class InterruptTest {
  @TempDir Path folder;
  private Path project;

  @BeforeEach
  void project() throws Exception {
    TinyJar.write(
        folder.resolve("home/server/target/fettle-server.jar"),
        "TinyServer",
        "public class TinyServer { public static void main(String[] a) throws Exception {"
            + " Thread.sleep(600_000); } }",
        Map.of("Main-Class", "TinyServer"));
    Files.createDirectories(folder.resolve("home/agent/target"));
    Files.createFile(folder.resolve("home/agent/target/fettle-agent.jar"));
    project = Files.createDirectories(folder.resolve("shop"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    // a build that never ends, and says that it began
    Files.writeString(
        project.resolve("mvnw"), "echo $$ > '" + folder.resolve("builds") + "'\nexec sleep 600\n");
    shell(
        "git init -q && git add -A && git -c user.name=a -c user.email=a@example.org commit -qm A");
  }

  private void shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(project.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  /**
   * Where SIGINT is ignored, as below {@code nohup} and in background jobs, children inherit it.
   */
  private Child fettle(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfettle.home=" + folder.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fettle.cli.Main"));
    command.addAll(List.of(arguments));
    return Child.start(
        folder, Map.of("XDG_STATE_HOME", folder.resolve("state").toString()), command);
  }

  private static void interrupted(Child child) throws Exception {
    long pid = child.process().pid();
    assertThat(new ProcessBuilder("kill", "-INT", "" + pid).start().waitFor()).isZero();
    Child.Ended ended = child.end();
    assertThat(ended.code()).as(ended.err()).isEqualTo(130);
    // nothing, or the one object that says what was found until then
    assertThat(ended.out().lines().filter(l -> !l.isBlank())).hasSizeLessThan(2);
  }

  @Test
  void aDemonstrationThatBuilds() throws Exception {
    Path faults =
        Files.writeString(
            folder.resolve("faults.json"),
            "{\"faults\":[{\"id\":\"a\",\"requests\":[{\"path\":\"/\"}],\"expect\":{\"status\":200}}]}");
    Child child =
        fettle("demo", "--json", "--app", project.toString(), "--faults", faults.toString());
    try {
      child.awaitFile(folder.resolve("builds"));
      interrupted(child);
    } finally {
      endBuild();
    }
  }

  @Test
  void aRepairThatReadsTheProject() throws Exception {
    String data = folder.resolve("repairs").toString();
    Child child = fettle("repair", "--json", "--project", project.toString(), "--data", data);
    child.awaitError("reading");
    interrupted(child);
  }

  @Test
  void aRunThatHasNotStartedTheApplication() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    // reading the agents' key waits for a writer that never comes
    Path key = data.resolve("agent.key");
    assertThat(new ProcessBuilder("mkfifo", key.toString()).start().waitFor()).isZero();
    Child child =
        fettle(
            "run", "--repo", project.toString(), "--data", data.toString(), "--", "touch", "begun");
    child.awaitThread("agentKey");
    interrupted(child);
    assertThat(folder.resolve("begun")).doesNotExist();
  }

  /** A terminal would have told the build too. */
  private void endBuild() throws IOException {
    Path builds = folder.resolve("builds");
    if (Files.exists(builds)) {
      long pid = Long.parseLong(Files.readString(builds).strip());
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
