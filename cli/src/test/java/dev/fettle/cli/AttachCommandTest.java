package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.cli.run.DataDirectory;
import dev.fettle.cli.run.RunningServers;
import dev.fettle.testkit.TinyJar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, loading a tiny agent into another one. */
class AttachCommandTest {
  private static final URI SERVER = URI.create("http://127.0.0.1:7411");

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void agent() throws IOException {
    home = folder.resolve("home");
    TinyJar.write(
        home.resolve("agent/target/fettle-agent.jar"),
        "TinyAgent",
        "public class TinyAgent { public static void agentmain(String options) {"
            + " System.out.println(\"told \" + options); System.out.flush(); } }",
        Map.of("Agent-Class", "TinyAgent"));
  }

  private Child.Ended attach(String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-Dfettle.home=" + home,
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fettle.cli.Main",
                "attach"));
    command.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of(
            "XDG_STATE_HOME", folder.resolve("state").toString(),
            "XDG_DATA_HOME", folder.resolve("share").toString());
    return Child.start(folder, environment, command).end();
  }

  @Test
  void showsTheAgentTheKeyOfTheServerThatRunsHere() throws Exception {
    DataDirectory data = new DataDirectory(folder.resolve("data of shop"));
    data.agentKey();
    RunningServers.of(Map.of("XDG_STATE_HOME", folder.resolve("state").toString()))
        .started(SERVER, data);
    Path application =
        TinyJar.write(
            folder.resolve("app.jar"),
            "TinyApp",
            "public class TinyApp { public static void main(String[] a) throws Exception {"
                + " System.out.println(\"ready\"); System.out.flush(); System.in.read(); } }",
            Map.of("Main-Class", "TinyApp"));
    Child child = Child.start(folder, Map.of(), List.of(java(), "-jar", application.toString()));
    child.awaitOutput("ready");

    Child.Ended ended = attach(Long.toString(child.process().pid()));

    assertThat(ended.err()).contains("the agent runs in process " + child.process().pid());
    assertThat(ended.code()).isZero();
    child.say("");
    assertThat(child.end().out())
        .contains("told server=" + SERVER + ",key-file=" + data.path().resolve("agent.key"));
  }

  @Test
  void asksForTheDataDirectoryOfAServerThatItDoesNotKnow() throws Exception {
    Child.Ended ended = attach(Long.toString(ProcessHandle.current().pid()));
    assertThat(ended.err()).contains("no key in ").contains("with --data");
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void aProcessThatIsNotThereIsNothingFound() throws Exception {
    Child.Ended ended = attach("999999999");
    assertThat(ended.err()).contains("there is no process 999999999");
    assertThat(ended.code()).isEqualTo(3);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
