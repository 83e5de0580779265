package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.testkit.TinyJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's process around real JVMs: an application, an agent and a server, each tiny. */
class RunCommandTest {
  @TempDir static Path folder;
  static Path home;
  static Path application;

  @BeforeAll
  static void build() throws IOException {
    home = folder.resolve("a home with blanks");
    TinyJar.write(
        home.resolve("agent/target/fettle-agent.jar"),
        "TinyAgent",
        "public class TinyAgent { public static void premain(String options) {"
            + " System.setProperty(\"tiny.agent\", \"loaded\"); } }",
        Map.of("Premain-Class", "TinyAgent"));
    server("Thread.sleep(600_000);");
    application =
        TinyJar.write(
            folder.resolve("app.jar"),
            "TinyApp",
            """
            public class TinyApp {
              public static void main(String[] a) throws Exception {
                System.out.println("agent " + System.getProperty("tiny.agent"));
                System.out.println("server " + System.getenv("FETTLE_SERVER"));
                System.out.println("key " + (System.getenv("FETTLE_KEY") != null));
                System.out.println("arguments " + String.join(",", a));
                System.err.println("to standard error");
                if (a.length > 0 && a[0].equals("wait")) {
                  Runtime.getRuntime().addShutdownHook(
                      new Thread(() -> { System.out.println("stopped well"); System.out.flush(); }));
                  System.out.println("ready");
                  Thread.sleep(600_000);
                }
                System.out.println("input " + new String(System.in.readAllBytes()));
                System.exit(7);
              }
            }
            """,
            Map.of("Main-Class", "TinyApp"));
  }

  private static void server(String body) throws IOException {
    TinyJar.write(
        home.resolve("server/target/fettle-server.jar"),
        "TinyServer",
        "public class TinyServer { public static void main(String[] a) throws Exception { "
            + body
            + " } }",
        Map.of("Main-Class", "TinyServer"));
  }

  private static Child run(String... command) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-Dfettle.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fettle.cli.Main",
                "run",
                "--data",
                folder.resolve("data").toString(),
                "--"));
    all.addAll(List.of(command));
    return Child.start(folder, Map.of("XDG_STATE_HOME", folder.resolve("state").toString()), all);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @Test
  void theApplicationKeepsItsInputOutputAndExitCode() throws Exception {
    Child child = run(java(), "-jar", application.toString(), "--json", "x");
    child.say("typed by the user");
    Child.Ended ended = child.end();
    assertThat(ended.code()).isEqualTo(7);
    assertThat(ended.out().lines())
        .contains("agent loaded", "key true", "arguments --json,x", "input typed by the user")
        .anyMatch(line -> line.startsWith("server http://127.0.0.1:74"))
        .hasSize(5);
    assertThat(ended.err()).contains("to standard error", "fettle: dashboard http://127.0.0.1:");
  }

  @Test
  void whatIsNotJavaGetsTheAgentThroughTheEnvironmentEvenInAPathWithBlanks() throws Exception {
    Child child = run("sh", "-c", "exec \"$0\" -jar \"$1\"", java(), application.toString());
    child.say("");
    assertThat(child.end().out()).contains("agent loaded");
  }

  @Test
  void aSignalReachesTheApplication() throws Exception {
    Child child = run(java(), "-jar", application.toString(), "wait");
    child.awaitOutput("ready");
    child.process().destroy();
    Child.Ended ended = child.end();
    assertThat(ended.out()).contains("stopped well");
    assertThat(ended.code()).isEqualTo(143);
  }

  @Test
  void aServerThatEndsDoesNotEndTheApplication() throws Exception {
    Path jar = home.resolve("server/target/fettle-server.jar");
    byte[] living = Files.readAllBytes(jar);
    server("System.exit(1);");
    try {
      Child child = run(java(), "-jar", application.toString());
      child.say("still here");
      assertThat(child.end()).extracting(Child.Ended::code).isEqualTo(7);
    } finally {
      Files.write(jar, living);
    }
  }

  @Test
  void aProgramThatIsNotThereIsWrongUsage() throws Exception {
    Child.Ended ended = run("no-such-program-anywhere").end();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("cannot start no-such-program-anywhere");
  }
}
