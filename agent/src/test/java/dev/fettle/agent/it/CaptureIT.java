package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.testkit.InstalledJdk;
import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Local;
import dev.fettle.wire.Message;
import dev.fettle.wire.Thrown;
import dev.fettle.wire.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed agent in real child JVMs. */
class CaptureIT {

  /** Ends when standard input does: tests say when. */
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

  /** Runs an app until it has reported so many occurrences. */
  private List<Message.Occurrence> occurrences(TestApp app, int count, String... how)
      throws Exception {
    Process process =
        app.start(how.length == 0 ? new String[] {"-cp", app.classes() + "", "app.Main"} : how);
    try {
      return server.await(Message.Occurrence.class, count);
    } finally {
      Files.createFile(directory.resolve("go"));
      app.finish(process);
    }
  }

  private static Thrown root(Message.Occurrence occurrence) {
    Thrown thrown = occurrence.thrown();
    while (thrown.cause() != null) {
      thrown = thrown.cause();
    }
    return thrown;
  }

  private static CallFrame top(Message.Occurrence occurrence) {
    return root(occurrence).frames().stream()
        .filter(CallFrame::application)
        .findFirst()
        .orElseThrow();
  }

  private static Value local(CallFrame frame, String name) {
    return frame.locals().stream()
        .filter(l -> l.name().equals(name))
        .map(Local::value)
        .findFirst()
        .orElseThrow();
  }

  private TestApp app(String members) throws IOException {
    return TestApp.of(
        directory,
        "package app;\nimport java.util.*;\npublic class Main {\n" + members + LINGER + "}\n");
  }

  @Test
  void capturesFramesLocalsAndReceiverOfAThreadThatDies() throws Exception {
    TestApp app =
        app(
            """
            record Item(String name, int count) {}
            enum Kind { BIG }
            final Map<String, Integer> stock = new HashMap<>(Map.of("pen", 3));
            int take(Item item, long id, Kind kind) {
              double factor = 1.5;
              List<Item> seen = new ArrayList<>(List.of(item));
              return (int) (stock.get(item.name()) * factor);
            }
            public static void main(String[] args) throws Exception {
              Thread t = new Thread(() -> new Main().take(new Item("ink", 2), 7L, Kind.BIG), "worker");
              t.start();
              t.join();
              linger();
            }
            """);
    Message.Occurrence seen = occurrences(app.withAgent(server.url()), 1).get(0);
    CallFrame top = top(seen);
    assertThat(seen.thread()).isEqualTo("worker");
    assertThat(seen.thrown().message()).contains("\"java.util.Map.get(Object)\" is null");
    assertThat(top.descriptor()).isEqualTo("(Lapp/Main$Item;JLapp/Main$Kind;)I");
    assertThat(local(top, "id")).isEqualTo(new Value.Scalar("long", "7"));
    assertThat(local(top, "kind")).isEqualTo(new Value.EnumConstant("app.Main$Kind", "BIG"));
    assertThat(local(top, "factor")).isEqualTo(new Value.Scalar("double", "1.5"));
    assertThat(local(top, "item"))
        .isInstanceOfSatisfying(
            Value.Composite.class,
            item ->
                assertThat(item.fields())
                    .contains(
                        new Value.Field(
                            "name",
                            "app.Main$Item",
                            new Value.Text("java.lang.String", "ink", 3))));
    assertThat(local(top, "seen")).isInstanceOf(Value.Sequence.class);
    assertThat(top.receiver())
        .isInstanceOfSatisfying(
            Value.Composite.class,
            main -> assertThat(main.fields().get(0).value()).isInstanceOf(Value.Mapping.class));
    assertThat(seen.thrown().frames().stream().filter(f -> f.application()).count()).isEqualTo(2);
  }

  @Test
  void reportsOneOccurrenceForAThrowableAndItsWrappers() throws Exception {
    TestApp app =
        app(
            """
            static int parse(String text) { return Integer.parseInt(text); }
            static int load(String text) {
              try { return parse(text); }
              catch (RuntimeException e) { throw new IllegalStateException("load failed", e); }
            }
            public static void main(String[] args) throws Exception {
              Thread t = new Thread(() -> load("x1"));
              t.start();
              t.join();
              Thread u = new Thread(() -> { throw new UnsupportedOperationException("last"); });
              u.start();
              u.join();
              linger();
            }
            """);
    List<Message.Occurrence> all = occurrences(app.withAgent(server.url()), 2);
    assertThat(all).hasSize(2);
    assertThat(all.get(0).thrown().type()).isEqualTo("java.lang.IllegalStateException");
    CallFrame top = top(all.get(0));
    assertThat(top.method()).isEqualTo("parse");
    assertThat(local(top, "text")).isEqualTo(new Value.Text("java.lang.String", "x1", 2));
  }

  @Test
  void doesNotReportWhatTheApplicationWasPreparedFor() throws Exception {
    TestApp app =
        app(
            """
            static int parse(String text) { return Integer.parseInt(text); }
            static int or(String text, int other) {
              try { return parse(text); } catch (NumberFormatException e) { return other; }
            }
            public static void main(String[] args) throws Exception {
              Thread t = new Thread(() -> {
                for (int i = 0; i < 5; i++) { or("x", 1); }
                throw new UnsupportedOperationException("last");
              });
              t.start();
              t.join();
              linger();
            }
            """);
    List<Message.Occurrence> all = occurrences(app.withAgent(server.url()), 1);
    assertThat(all).extracting(o -> o.thrown().message()).containsExactly("last");
  }

  @Test
  void capturesVariablesOfBodiesThatCleanUp() throws Exception {
    TestApp app =
        app(
            """
            static class Book implements AutoCloseable {
              @Override public void close() { System.out.print("closed "); }
            }
            static final Object LOCK = new Object();
            static int inner(String text) throws Exception {
              try (Book book = new Book()) {
                int offset = 3;
                try {
                  String part = text + offset;
                  synchronized (LOCK) {
                    long deep = 9L;
                    return Integer.parseInt(part) + (int) deep;
                  }
                } finally {
                  System.out.print("finally ");
                }
              } catch (ArithmeticException | NullPointerException e) {
                return -1;
              }
            }
            static int outer(String text) throws Exception {
              int before = 1;
              try {
                double factor = 2.0;
                return (int) (inner(text) * factor);
              } catch (IllegalStateException e) {
                return 0;
              } finally {
                System.out.println("done " + Thread.holdsLock(LOCK));
              }
            }
            public static void main(String[] args) throws Exception {
              Thread t = new Thread(() -> {
                try { outer("x"); } catch (Exception e) { throw new IllegalArgumentException(e); }
              });
              t.start();
              t.join();
              linger();
            }
            """);
    List<Message.Occurrence> all = occurrences(app.withAgent(server.url()), 1);
    assertThat(all).hasSize(1);
    CallFrame top = top(all.get(0));
    assertThat(top.method()).isEqualTo("inner");
    assertThat(local(top, "part")).isEqualTo(new Value.Text("java.lang.String", "x3", 2));
    assertThat(local(top, "deep")).isEqualTo(new Value.Scalar("long", "9"));
    assertThat(local(top, "offset")).isEqualTo(new Value.Scalar("int", "3"));
    CallFrame caller = root(all.get(0)).frames().get(root(all.get(0)).frames().indexOf(top) + 1);
    assertThat(local(caller, "factor")).isEqualTo(new Value.Scalar("double", "2.0"));
    assertThat(app.read("out.txt")).isEqualTo("finally closed done false\n");
  }

  @Test
  void knowsClausesBehindAResourceOrFinally() throws Exception {
    TestApp app =
        app(
            """
            static class Book implements AutoCloseable { @Override public void close() { } }
            static int parse(String text) { return Integer.parseInt(text); }
            static int own(String text) {
              try (Book book = new Book()) { return Integer.parseInt(text); }
              catch (NumberFormatException e) { return 0; }
            }
            static int called(String text) {
              try (Book book = new Book()) { return parse(text); }
              catch (NumberFormatException e) { return 0; }
            }
            static int again(String text) {
              try { try { return parse(text); } finally { text.length(); } }
              catch (NumberFormatException e) { throw new IllegalStateException("wrapped", e); }
            }
            public static void main(String[] args) throws Exception {
              Thread t = new Thread(() -> { own("a"); called("b"); again("c"); });
              t.start();
              t.join();
              linger();
            }
            """);
    List<Message.Occurrence> all = occurrences(app.withAgent(server.url()), 1);
    Thread.sleep(200);
    assertThat(server.all(Message.Occurrence.class))
        .extracting(o -> o.thrown().message())
        .containsExactly("wrapped");
    assertThat(local(top(all.get(0)), "text"))
        .isEqualTo(new Value.Text("java.lang.String", "c", 1));
  }

  @Test
  void reportsInFullWhatABroadClauseLogsAsAnError() throws Exception {
    TestApp app =
        app(
            """
            static int parse(String text) { return Integer.parseInt(text); }
            static void all(String... texts) {
              for (String text : texts) {
                try {
                  parse(text);
                } catch (Exception e) {
                  if (text.startsWith("x")) {
                    java.util.logging.Logger.getLogger("app")
                        .log(java.util.logging.Level.SEVERE, "skipped", e);
                  }
                }
              }
            }
            public static void main(String[] args) throws Exception {
              all("x1");
              linger();
            }
            """);
    Message.Occurrence seen = occurrences(app.withAgent(server.url()), 1).get(0);
    assertThat(seen.kind()).isEqualTo(Message.Occurrence.Kind.THROWN);
    assertThat(seen.reason()).contains("logged as an error");
    assertThat(local(top(seen), "text")).isEqualTo(new Value.Text("java.lang.String", "x1", 2));
  }

  @Test
  void capturesTheNextInFullWhenTheValuesOfAnUnloggedOneWereCopied() throws Exception {
    TestApp app =
        app(
            """
            static int parse(String text) { return Integer.parseInt(text); }
            static void all(List<String> texts) throws Exception {
              for (String text : texts) {
                try {
                  parse(text);
                } catch (Exception e) {
                  if (text.startsWith("x")) {
                    java.util.logging.Logger.getLogger("app")
                        .log(java.util.logging.Level.SEVERE, "skipped", e);
                  }
                }
                Thread.sleep(150);
              }
            }
            public static void main(String[] args) throws Exception {
              all(List.of("quiet", "x1", "x2"));
              linger();
            }
            """);
    List<Message.Occurrence> all = occurrences(app.withAgent(server.url()), 2);
    assertThat(top(all.get(0)).locals()).isEmpty();
    assertThat(local(top(all.get(1)), "text"))
        .isEqualTo(new Value.Text("java.lang.String", "x2", 2));
  }

  @Test
  void seesTasksOfExecutorsAndLambdas() throws Exception {
    TestApp app =
        app(
            """
            public static void main(String[] args) throws Exception {
              var pool = java.util.concurrent.Executors.newFixedThreadPool(1);
              String name = "a";
              pool.submit(() -> List.of(1, 2).get(name.length() + 5));
              linger();
              pool.shutdown();
            }
            """);
    CallFrame top = top(occurrences(app.withAgent(server.url()), 1).get(0));
    assertThat(top.method()).startsWith("lambda$main$");
    assertThat(local(top, "name")).isEqualTo(new Value.Text("java.lang.String", "a", 1));
  }

  @Test
  void seesVirtualThreads() throws Exception {
    Optional<Path> jdk = InstalledJdk.of(25);
    Assumptions.assumeTrue(jdk.isPresent(), InstalledJdk.absent(25));
    TestApp app =
        app(
            """
            static void fail(int n) { throw new IllegalStateException("n" + n); }
            public static void main(String[] args) throws Exception {
              var start = Thread.class.getMethod("startVirtualThread", Runnable.class);
              for (int i = 0; i < 1000; i++) {
                int n = i;
                start.invoke(null, (Runnable) () -> fail(n));
              }
              linger();
            }
            """);
    List<Message.Occurrence> all =
        occurrences(app.on(jdk.orElseThrow()).withAgent(server.url()), 1);
    assertThat(local(top(all.get(0)), "n")).isInstanceOf(Value.Scalar.class);
  }

  @Test
  void takesTheStartClassesPackageInAPlainJar() throws Exception {
    TestApp app =
        TestApp.of(
            directory,
            "com/acme/shop/Main.java",
            "package com.acme.shop; public class Main {\n"
                + " public static void main(String[] a) throws Exception {\n"
                + "  Thread t = new Thread(() -> { Object o = null; o.hashCode(); });\n"
                + "  t.start(); t.join(); linger(); }\n"
                + LINGER
                + "}",
            "-g");
    Path jar = app.jar("", "com.acme.shop.Main");
    occurrences(app.withAgent(server.url()), 1, "-jar", jar.toString());
    assertThat(server.all(Message.Hello.class).get(0).service()).isEqualTo("shop app");
  }

  @Test
  void capturesParametersOfCodeWithoutDebugInformation() throws Exception {
    TestApp app =
        TestApp.of(
            directory,
            "app/Main.java",
            "package app; public class Main {\n"
                + " static int div(int a, int b) { return a / b; }\n"
                + " public static void main(String[] x) throws Exception {\n"
                + "  Thread t = new Thread(() -> div(3, 0)); t.start(); t.join(); linger(); }\n"
                + LINGER
                + "}",
            "-g:none");
    CallFrame top = top(occurrences(app.withAgent(server.url()), 1).get(0));
    assertThat(top.locals())
        .extracting(Local::name, Local::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("arg0", new Value.Scalar("int", "3")),
            org.assertj.core.groups.Tuple.tuple("arg1", new Value.Scalar("int", "0")));
  }

  @Test
  void neverSendsSecrets() throws Exception {
    TestApp app =
        app(
            """
            static class Login { String user = "eve"; String password = "CANARY-one-1"; }
            static void fail(String apiToken, Login login, Map<String, String> headers, char[] pwd) {
              String text = "ghp_CANARYtwo2CANARYtwo2CANARYtwo2abcd";
              throw new IllegalStateException("bad key password=CANARY-three-3 for eve");
            }
            public static void main(String[] args) throws Exception {
              Thread t = new Thread(() -> fail("CANARY-four-4", new Login(),
                  new HashMap<>(Map.of("Authorization", "Bearer CANARY-five-5")),
                  "CANARY-six-6".toCharArray()));
              t.start();
              t.join();
              linger();
            }
            """);
    Message.Occurrence seen = occurrences(app.withAgent(server.url()), 1).get(0);
    assertThat(server.text()).doesNotContain("CANARY").contains("eve");
    assertThat(local(top(seen), "apiToken")).isInstanceOf(Value.Redacted.class);
    assertThat(local(top(seen), "pwd")).isInstanceOf(Value.Redacted.class);
  }

  @Test
  void reportsWhatIsLoggedAsAnErrorAndCapturesTheNextInFull() throws Exception {
    TestApp app =
        app(
            """
            static int parse(String text) { return Integer.parseInt(text); }
            static int quiet(String text) {
              try {
                return parse(text);
              } catch (NumberFormatException e) {
                java.util.logging.Logger.getLogger("app")
                    .log(java.util.logging.Level.SEVERE, "no number", e);
                return 0;
              }
            }
            public static void main(String[] args) throws Exception {
              quiet("x1");
              Thread.sleep(300);
              quiet("x2");
              linger();
            }
            """);
    List<Message.Occurrence> all = occurrences(app.withAgent(server.url()), 2);
    assertThat(all.get(0).kind()).isEqualTo(Message.Occurrence.Kind.LOGGED);
    assertThat(top(all.get(0)).locals()).isEmpty();
    assertThat(all.get(1).kind()).isEqualTo(Message.Occurrence.Kind.THROWN);
    assertThat(local(top(all.get(1)), "text"))
        .isEqualTo(new Value.Text("java.lang.String", "x2", 2));
  }

  @Test
  void appliesAndRevertsAHotPatchAndStillCaptures() throws Exception {
    String source =
        """
        package app;
        public class Main {
          static String greet(String name) { return "hello " + name.%s; }
          static void call(String name) {
            Thread t = new Thread(() -> System.out.println(greet(name)));
            t.setUncaughtExceptionHandler((x, e) -> { });
            t.start();
            try { t.join(); } catch (InterruptedException e) { throw new AssertionError(e); }
          }
          public static void main(String[] args) throws Exception {
            call(null);
            long end = System.nanoTime() + 30_000_000_000L;
            java.nio.file.Path go = java.nio.file.Path.of(System.getProperty("user.home"), "go");
            while (!java.nio.file.Files.exists(go) && System.nanoTime() < end) {
              call("bob");
              Thread.sleep(50);
            }
          }
        }
        """;
    TestApp app = TestApp.of(directory, source.formatted("trim()")).withAgent(server.url());
    Path fixed = Files.createDirectories(directory.resolve("fixed"));
    Path file = Files.createDirectories(directory.resolve("fixed/src/app")).resolve("Main.java");
    Files.writeString(file, source.formatted("toUpperCase()"));
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-g", "-parameters", "-d", fixed + "", file + "");
    byte[] bytes = Files.readAllBytes(fixed.resolve("app/Main.class"));
    Process process = app.start("-cp", app.classes().toString(), "app.Main");
    server.await(Message.Occurrence.class, 1);
    List<Message.NewClass> patch = List.of(new Message.NewClass("app.Main", bytes));
    Path running = app.classes().resolve("app/Main.class");
    byte[] loaded = Files.readAllBytes(running);
    Files.write(running, bytes);
    server.send(new Message.ApplyPatch("replaced", patch));
    assertThat(server.await(Message.PatchReply.class, 1).get(0).refusal())
        .contains("gone or another");
    Files.write(running, loaded);
    server.send(new Message.ApplyPatch("p1", patch));
    assertThat(server.await(Message.PatchReply.class, 2).get(1).refusal()).isNull();
    List<Message.PatchHealth> health = server.await(Message.PatchHealth.class, 2);
    server.send(new Message.RevertPatch("p1"));
    assertThat(server.await(Message.PatchReply.class, 3).get(2).refusal()).isNull();
    server.send(new Message.ApplyPatch("p2", patch));
    assertThat(server.await(Message.PatchReply.class, 4).get(3).refusal()).isNull();
    assertThat(tried()).containsExactly("p2");
    Files.createFile(directory.resolve("go"));
    TestApp.Run run = app.finish(process);
    assertThat(tried()).isEmpty();
    assertThat(run.out()).contains("hello bob").contains("hello BOB");
    assertThat(health.get(1).calls()).isPositive();
    assertThat(health.get(1).thrownBefore()).isEqualTo(1);
    assertThat(Map.of("err", run.ownErr())).containsEntry("err", "");
  }

  /** Patches whose processes, if they died now, would have died of them. */
  private List<String> tried() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".trying"))
          .map(name -> name.substring(0, name.indexOf('@')))
          .toList();
    }
  }

  @Test
  void seesTheVariablesOfAMethodThatAPatchChanged() throws Exception {
    String source =
        """
        package app;
        public class Main {
          private final int base = 4;
          int cost(String name, Integer amount) {
            int length = %s;
            return base + length + amount;
          }
          static void call() {
            Thread t = new Thread(() -> new Main().cost(null, null));
            t.setUncaughtExceptionHandler((x, e) -> { });
            t.start();
            try { t.join(); } catch (InterruptedException e) { throw new AssertionError(e); }
          }
          public static void main(String[] args) throws Exception {
            long end = System.nanoTime() + 30_000_000_000L;
            java.nio.file.Path go = java.nio.file.Path.of(System.getProperty("user.home"), "go");
            while (!java.nio.file.Files.exists(go) && System.nanoTime() < end) {
              call();
              Thread.sleep(50);
            }
          }
        }
        """;
    TestApp app = TestApp.of(directory, source.formatted("name.length()")).withAgent(server.url());
    Path fixed = Files.createDirectories(directory.resolve("fixed"));
    Path file = Files.createDirectories(directory.resolve("fixed/src/app")).resolve("Main.java");
    Files.writeString(file, source.formatted("name == null ? 0 : name.length()"));
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-g", "-parameters", "-d", fixed + "", file + "");
    byte[] bytes = Files.readAllBytes(fixed.resolve("app/Main.class"));
    Process process = app.start("-cp", app.classes().toString(), "app.Main");
    server.await(Message.Occurrence.class, 1);
    server.send(new Message.ApplyPatch("p1", List.of(new Message.NewClass("app.Main", bytes))));
    assertThat(server.await(Message.PatchReply.class, 1).get(0).refusal()).isNull();
    Message.Occurrence later =
        server.await(
            Message.Occurrence.class,
            all -> all.stream().filter(o -> top(o).line() == 6).findFirst().orElse(null));
    Files.createFile(directory.resolve("go"));
    app.finish(process);
    assertThat(top(later).descriptor()).isEqualTo("(Ljava/lang/String;Ljava/lang/Integer;)I");
    assertThat(top(later).receiver()).isInstanceOf(Value.Composite.class);
    assertThat(local(top(later), "amount")).isEqualTo(new Value.Null("java.lang.Integer"));
    assertThat(local(top(later), "length")).isEqualTo(new Value.Scalar("int", "0"));
  }

  @Test
  void observesAProcessThatItIsAttachedTo() throws Exception {
    TestApp app =
        app(
            """
            static void greet(String name) { name.trim(); }
            static boolean named() throws Exception {
              return Main.class.getDeclaredMethod("greet", String.class)
                  .getParameters()[0].getName().equals("name");
            }
            public static void main(String[] args) throws Exception {
              named();
              java.nio.file.Path go = java.nio.file.Path.of(System.getProperty("user.home"), "go");
              for (int i = 0; i < 2000 && !java.nio.file.Files.exists(go); i++) {
                Thread t = new Thread(() -> greet(null));
                t.setUncaughtExceptionHandler((x, e) -> { });
                t.start();
                t.join();
                Thread.sleep(20);
              }
              System.out.println(named());
            }
            """);
    Process process = app.start("-cp", app.classes().toString(), "app.Main");
    com.sun.tools.attach.VirtualMachine vm =
        com.sun.tools.attach.VirtualMachine.attach(Long.toString(process.pid()));
    vm.loadAgent(TestApp.agentJar().toString(), "server=" + server.url());
    vm.detach();
    CallFrame top = top(server.await(Message.Occurrence.class, 1).get(0));
    Files.createFile(directory.resolve("go"));
    assertThat(app.finish(process).out()).isEqualTo("true\n");
    assertThat(local(top, "name")).isEqualTo(new Value.Null("java.lang.String"));
  }
}
