package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.testkit.TinyJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
    return run(Map.of(), command);
  }

  private static Child run(Map<String, String> more, String... command) throws IOException {
    return runWith(more, List.of(), command);
  }

  private static Child runWith(Map<String, String> more, List<String> options, String... command)
      throws IOException {
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
                folder.resolve("data").toString()));
    all.addAll(options);
    all.add("--");
    all.addAll(List.of(command));
    Map<String, String> environment = new HashMap<>(more);
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("configuration").toString());
    return Child.start(folder, environment, all);
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
    server("System.exit(3);");
    try {
      Child child = run(java(), "-jar", application.toString());
      child.awaitError("the server ended with code 3: nothing is watched any more; its log: ");
      child.say("still here");
      assertThat(child.end()).extracting(Child.Ended::code).isEqualTo(7);
    } finally {
      Files.write(jar, living);
    }
  }

  @Test
  void theServerReadsNoSpringConfigurationOfTheApplication() throws Exception {
    Path jar = home.resolve("server/target/fettle-server.jar");
    byte[] living = Files.readAllBytes(jar);
    server("System.out.println(String.join(\" \", a)); System.out.println(System.getenv());");
    try {
      Child child =
          run(
              Map.of(
                  "SPRING_DATASOURCE_URL", "jdbc:h2:mem:shop",
                  "server_port", "9999",
                  "MANAGEMENT_SERVER_PORT", "9998",
                  "LOGGING_CONFIG", "/etc/shop/logback.xml",
                  "SHOP_GREETING", "hello"),
              "sh",
              "-c",
              "echo port $server_port; cat");
      child.awaitError("the server ended with code 0");
      child.say("");
      assertThat(child.end().out()).contains("port 9999");
      assertThat(folder.resolve("data/server.log"))
          .content()
          .contains("--spring.config.location=classpath:/ ", "SHOP_GREETING", "FETTLE_KEY")
          .doesNotContain("SPRING_DATASOURCE_URL", "server_port", "MANAGEMENT_", "LOGGING_");
    } finally {
      Files.write(jar, living);
    }
  }

  @Test
  void aModelThatCannotBeAskedIsWrongUsageBeforeAnythingStarts() throws Exception {
    Child.Ended ended = runWith(Map.of(), List.of("--llm", "skynet:x"), "true").end();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("unknown provider skynet").doesNotContain("dashboard");
  }

  @Test
  void aProgramThatIsNotThereIsWrongUsage() throws Exception {
    Child.Ended ended = run("no-such-program-anywhere").end();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("cannot start no-such-program-anywhere");
  }
}
