package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Local;
import dev.fettle.wire.Message;
import dev.fettle.wire.Thrown;
import dev.fettle.wire.Value;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packed agent beside other agents, logging libraries and code of other compilers. */
class NeighborsIT {
  private static final String LINGER =
      """
        static void linger() throws Exception {
          System.out.flush();
          long end = System.nanoTime() + 40_000_000_000L;
          java.nio.file.Path go = java.nio.file.Path.of(System.getProperty("user.home"), "go");
          while (!java.nio.file.Files.exists(go) && System.nanoTime() < end) {
            Thread.sleep(20);
          }
        }
      """;

  private static final String FAILING =
      """
        static int parse(String text) { int base = 10; return Integer.parseInt(text, base); }
        public static void main(String[] args) throws Exception {
          Thread t = new Thread(() -> parse("x1"));
          t.start();
          t.join();
          linger();
          System.out.println("ended");
        }
      """;

  @TempDir Path directory;
  private RecordingServer server;

  @BeforeEach
  void listen() throws IOException {
    server = new RecordingServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestApp app(String members) throws IOException {
    return TestApp.of(
        directory,
        "package app;\nimport java.util.*;\npublic class Main {\n" + members + LINGER + "}\n");
  }

  private TestApp.Run end(TestApp app, Process process) throws Exception {
    Files.createFile(directory.resolve("go"));
    return app.finish(process);
  }

  private static CallFrame top(Message.Occurrence occurrence) {
    Thrown thrown = occurrence.thrown();
    while (thrown.cause() != null) {
      thrown = thrown.cause();
    }
    return thrown.frames().stream().filter(CallFrame::application).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void capturesBesideOpenTelemetryAndCoverageWhicheverComesFirst(boolean first) throws Exception {
    Path coverage = directory.resolve("jacoco.exec");
    TestApp app = app(FAILING);
    app = first ? app.withAgent(server.url()) : app;
    app.with(
        "-javaagent:" + Foreign.jar("opentelemetry-javaagent"),
        "-Dotel.traces.exporter=none",
        "-Dotel.metrics.exporter=none",
        "-Dotel.logs.exporter=none",
        "-Dotel.service.name=neighbor",
        "-javaagent:" + Foreign.jar("jacocoagent") + "=destfile=" + coverage);
    app = first ? app : app.withAgent(server.url());
    Process process = app.start("-cp", app.classes().toString(), "app.Main");
    Message.Occurrence seen = server.await(Message.Occurrence.class, 1).get(0);
    TestApp.Run run = end(app, process);

    assertThat(top(seen).locals())
        .extracting(Local::name, Local::value)
        .contains(org.assertj.core.groups.Tuple.tuple("base", new Value.Scalar("int", "10")));
    assertThat(server.all(Message.Hello.class).get(0).service()).isEqualTo("neighbor");
    assertThat(run.out()).isEqualTo("ended\n");
    assertThat(Files.size(coverage)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logback-1.2", "logback-1.5"})
  void reportsErrorsThatLogbackWrites(String version) throws Exception {
    String logger = "org.slf4j.LoggerFactory.getLogger(Main.class)";
    logs(version, logger + ".error(\"no number {}\", 1, e)", logger + ".warn(\"quiet\", e)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"log4j-2.17", "log4j-2.25"})
  void reportsErrorsThatLog4jWrites(String version) throws Exception {
    String logger = "org.apache.logging.log4j.LogManager.getLogger(Main.class)";
    logs(version, logger + ".error(\"no number\", e)", logger + ".warn(\"quiet\", e)");
  }

  /** Two warnings, then an error that a specific clause logs, then the same again. */
  private void logs(String version, String error, String warning) throws Exception {
    String path = Foreign.classPath(version);
    TestApp app =
        TestApp.of(
            directory,
            "app/Main.java",
            ("package app; public class Main {\n"
                    + " static int parse(String text) { return Integer.parseInt(text); }\n"
                    + " static void quiet(String text) { try { parse(text); }\n"
                    + "   catch (NumberFormatException e) { if (text.startsWith(\"w\")) { %s; }\n"
                    + "     else { %s; } } }\n"
                    + " public static void main(String[] a) throws Exception {\n"
                    + "  for (String text : new String[] {\"w1\", \"x1\", \"x2\"}) {\n"
                    + "   quiet(text); Thread.sleep(150); }\n"
                    + "  linger(); }\n%s}")
                .formatted(warning, error, LINGER),
            "-g",
            "-cp",
            path);
    app.withAgent(server.url());
    String all = app.classes() + File.pathSeparator + path;
    Process process = app.start("-cp", all, "app.Main");
    List<Message.Occurrence> seen = server.await(Message.Occurrence.class, 2);
    end(app, process);

    assertThat(seen.get(0).kind()).isEqualTo(Message.Occurrence.Kind.LOGGED);
    assertThat(top(seen.get(0)).locals()).isEmpty();
    assertThat(seen.get(1).kind()).isEqualTo(Message.Occurrence.Kind.THROWN);
    assertThat(top(seen.get(1)).locals())
        .extracting(Local::value)
        .containsExactly(new Value.Text("java.lang.String", "x2", 2));
  }

  @Test
  void capturesClassesOfTheKotlinCompiler() throws Exception {
    String path = Foreign.jar("kotlin-stdlib").toString();
    TestApp app =
        TestApp.of(
            directory,
            "app/Main.java",
            "package app; public class Main {\n"
                + " public static void main(String[] a) throws Exception {\n"
                + "  Thread t = new Thread(() -> kotlin.text.StringsKt.take(\"abc\", -2));\n"
                + "  t.start(); t.join(); linger(); }\n"
                + LINGER
                + "}",
            "-g",
            "-cp",
            path);
    app.withAgent(server.url(), "packages=app,kotlin");
    Process process = app.start("-cp", app.classes() + File.pathSeparator + path, "app.Main");
    Message.Occurrence seen = server.await(Message.Occurrence.class, 1).get(0);
    end(app, process);

    assertThat(top(seen).className()).startsWith("kotlin.text.StringsKt");
    assertThat(top(seen).file()).endsWith(".kt");
    assertThat(top(seen).locals())
        .extracting(Local::name, Local::value)
        .contains(
            org.assertj.core.groups.Tuple.tuple("n", new Value.Scalar("int", "-2")),
            org.assertj.core.groups.Tuple.tuple(
                "$this$take", new Value.Text("java.lang.String", "abc", 3)));
  }

  @Test
  void looksThroughProxiesThatFrameworksMakeOfApplicationClasses() throws Exception {
    TestApp app =
        app(
            """
            int divide(int by) { return 7 / by; }
            static class Main$$SpringCGLIB$$0 extends Main {
              @Override int divide(int by) { return super.divide(by); }
            }
            public static void main(String[] args) throws Exception {
              Main proxy = new Main$$SpringCGLIB$$0();
              Thread t = new Thread(() -> proxy.divide(0));
              t.start();
              t.join();
              linger();
            }
            """);
    app.withAgent(server.url());
    Process process = app.start("-cp", app.classes().toString(), "app.Main");
    Message.Occurrence seen = server.await(Message.Occurrence.class, 1).get(0);
    end(app, process);

    assertThat(top(seen).receiver())
        .isInstanceOfSatisfying(
            Value.Opaque.class, r -> assertThat(r.toString()).contains("app.Main"));
    assertThat(seen.thrown().frames().stream().filter(CallFrame::application))
        .extracting(CallFrame::className)
        .containsOnly("app.Main");
  }
}
