package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the agent a program does what it does without, whatever is wrong. */
class HarmlessIT {
  private static final String NOBODY = "http://127.0.0.1:1";

  /** Waits until the test wants it to go on, at most a minute. */
  private static final String UNTIL_TOLD =
      """
      var go = java.nio.file.Path.of(System.getProperty("user.home"), "go");
      for (int i = 0; i < 3000 && !java.nio.file.Files.exists(go); i++) {
        Thread.sleep(20);
      }
      """;

  @TempDir Path directory;

  private static String program(String body) {
    return "package app;\nimport java.util.*;\npublic class Main {\n" + body + "}\n";
  }

  /** Runs a program that need not wait: there is no agent. */
  private static TestApp.Run told(TestApp app) throws IOException, InterruptedException {
    Files.createFile(app.classes().resolveSibling("go"));
    return app.run();
  }

  /** Runs a program that waits until the server heard of its failure. */
  private static TestApp.Run heard(TestApp app) throws IOException, InterruptedException {
    try (RecordingServer server = new RecordingServer()) {
      Process process =
          app.withAgent(server.url()).start("-cp", app.classes().toString(), "app.Main");
      server.await(Message.Occurrence.class, 1);
      Files.createFile(app.classes().resolveSibling("go"));
      return app.finish(process);
    }
  }

  private void behavesTheSame(String source, String... agentOptions) throws Exception {
    TestApp.Run without = TestApp.of(directory.resolve("a"), source).run();
    TestApp.Run with =
        TestApp.of(directory.resolve("b"), source).withAgent(NOBODY, agentOptions).run();
    assertThat(with.out()).isEqualTo(without.out());
    assertThat(with.ownErr()).isEqualTo(without.ownErr());
    assertThat(with.exit()).isEqualTo(without.exit());
  }

  @Test
  void aFailingProgramFailsTheSameWithoutAServer() throws Exception {
    behavesTheSame(
        program(
            """
            static int depth(Object o) { synchronized (Main.class) { return o.hashCode(); } }
            public static void main(String[] args) {
              try { depth(null); } catch (Exception e) { System.out.println(e.getMessage()); }
              try (var s = new Scanner("x")) { s.nextInt(); }
              finally { System.out.println("finally"); }
            }
            """));
  }

  @Test
  void whatCleansUpRunsAsBefore() throws Exception {
    behavesTheSame(
        program(
            """
            record Res(String name, boolean bad) implements AutoCloseable {
              @Override public void close() {
                System.out.println("close " + name);
                if (bad) { throw new IllegalStateException("close " + name); }
              }
            }
            static int nested(int n) throws Exception {
              long wide = n;
              try (Res a = new Res("a", n == 2); Res b = n == 3 ? null : new Res("b", n == 4)) {
                double d = wide;
                try {
                  if (n % 2 == 0) { Object o = null; o.hashCode(); }
                  for (String s : List.of("1", "z")) {
                    try { wide += Long.parseLong(s); }
                    catch (NumberFormatException e) { if (n == 5) { throw new Exception("w", e); } }
                    finally { wide++; if (n == 7) { continue; } }
                  }
                  return (int) (wide + d);
                } finally {
                  String last = "last " + n;
                  System.out.println(last);
                  if (n == 6) { return -6; }
                }
              } catch (ArithmeticException | ClassCastException e) {
                return 1;
              } finally {
                synchronized (Main.class) { wide /= n; }
                System.out.println(wide);
              }
            }
            Main(int n) { try { System.out.println(5 / n); } finally { System.out.println("born"); } }
            static int lost(int n) { while (true) { try { return 1 / n; } finally { break; } } return 7; }
            public static void main(String[] args) {
              for (int n = 0; n < 9; n++) {
                try { System.out.println(nested(n) + lost(n)); new Main(n); }
                catch (Exception e) { System.out.println(e + " " + List.of(e.getSuppressed())); }
                System.out.println(Thread.holdsLock(Main.class));
              }
            }
            """));
  }

  @Test
  void stackOverflowsPassUnchanged() throws Exception {
    behavesTheSame(
        program(
            """
            static int count;
            static int deep(int n, Object a) { count++; return deep(n + 1, a) + 1; }
            static int odd(int n) throws Exception { try { return even(n + 1); } finally { count--; } }
            static int even(int n) throws Exception {
              try { return odd(n + 1); } catch (IllegalStateException e) { throw e; }
            }
            public static void main(String[] args) throws Exception {
              int caught = 0;
              for (int i = 0; i < 200; i++) {
                try { if (i % 2 == 0) { deep(0, "x"); } else { odd(0); } }
                catch (StackOverflowError e) { caught += e.getStackTrace().length > 100 ? 1 : 0; }
              }
              System.out.println(caught);
              System.out.println(String.format(Locale.GERMANY, "%,d", 1234567));
              new Exception("trace").printStackTrace(System.out);
            }
            """));
  }

  @Test
  void outOfMemoryPassesUnchanged() throws Exception {
    behavesTheSame(
        program(
            """
            static List<long[]> all = new ArrayList<>();
            static void fill() { while (true) { all.add(new long[1 << 16]); } }
            public static void main(String[] args) {
              try { fill(); } catch (OutOfMemoryError e) {
                all = null;
                System.out.println(e.getMessage());
              }
            }
            """));
  }

  @Test
  void aBrokenClassFileFailsTheSame() throws Exception {
    String source =
        program(
            """
            static class Other { static int x() { return 1; } }
            public static void main(String[] args) { System.out.println(Other.x()); }
            """);
    TestApp without = TestApp.of(directory.resolve("a"), source);
    TestApp with = TestApp.of(directory.resolve("b"), source).withAgent(NOBODY);
    for (TestApp app : new TestApp[] {without, with}) {
      Path file = app.classes().resolve("app/Main$Other.class");
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 40));
    }
    TestApp.Run plain = without.run();
    TestApp.Run watched = with.run();
    assertThat(watched.ownErr()).isEqualTo(plain.ownErr()).contains("ClassFormatError");
    assertThat(watched.exit()).isEqualTo(plain.exit());
  }

  @Test
  void hostileValuesAreNeverAsked() throws Exception {
    String source =
        program(
            """
            static class Evil extends RuntimeException {
              final Evil self = this;
              @Override public String toString() { System.out.println("toString"); return "x"; }
              @Override public int hashCode() { System.out.println("hashCode"); return 1; }
              @Override public boolean equals(Object o) { System.out.println("equals"); return true; }
              @Override public String getMessage() { System.out.println("message"); return "m"; }
              @Override public Throwable getCause() { System.out.println("cause"); return null; }
              @Override public StackTraceElement[] getStackTrace() {
                System.out.println("trace");
                return new StackTraceElement[0];
              }
              public String getName() { System.out.println("getter"); return "n"; }
            }
            static class EvilList extends ArrayList<Object> {
              @Override public int size() { System.out.println("size"); return 1 << 30; }
              @Override public Iterator<Object> iterator() { System.out.println("it"); return null; }
            }
            static void fail(Object a, List<Object> b, Collection<Object> c) { throw new Evil(); }
            public static void main(String[] args) throws Exception {
              Thread t = new Thread(() -> fail(new Evil(), new EvilList(),
                  Collections.unmodifiableCollection(new EvilList())));
              t.setUncaughtExceptionHandler((x, e) -> System.out.println("ended"));
              t.start();
              t.join();
            """
                + UNTIL_TOLD
                + "}");
    TestApp.Run plain = told(TestApp.of(directory.resolve("a"), source));
    TestApp.Run watched = heard(TestApp.of(directory.resolve("b"), source));
    assertThat(watched.out()).isEqualTo(plain.out());
    assertThat(watched.ownErr()).isEqualTo(plain.ownErr());
    assertThat(watched.exit()).isEqualTo(plain.exit());
  }

  @Test
  void endsWithTheProgramWhenTheServerHangs() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TestApp app =
          TestApp.of(
                  directory,
                  program(
                      """
                      public static void main(String[] args) throws Exception {
                        for (int i = 0; i < 1000; i++) {
                          try { Objects.requireNonNull(null); } catch (RuntimeException e) { }
                        }
                        Thread.sleep(300);
                        System.out.println("done");
                      }
                      """))
              .withAgent("http://127.0.0.1:" + silent.getLocalPort());
      long began = System.nanoTime();
      assertThat(app.run().out()).isEqualTo("done\n");
      assertThat(System.nanoTime() - began).isLessThan(30_000_000_000L);
    }
  }

  /** Classes that a host may configure, or whose loading configures something. */
  private static final java.util.regex.Pattern SETTINGS =
      java.util.regex.Pattern.compile(
          "(java\\.util\\.logging|javax\\.management|java\\.lang\\.management|java\\.net\\.http"
              + "|sun\\.net\\.www\\.protocol\\.http|java\\.net\\.(ProxySelector|Authenticator|CookieHandler)"
              + "|org\\.slf4j|sun\\.security\\.(jca|provider))\\b.*");

  @Test
  void touchesNothingOfTheHostsSettings() throws Exception {
    String source =
        program(
            """
            static int parse(String s) { return Integer.parseInt(s); }
            public static void main(String[] args) throws Exception {
              Thread t = new Thread(() -> parse("x"));
              t.setUncaughtExceptionHandler((x, e) -> { });
              t.start();
              t.join();
            """
                + UNTIL_TOLD
                + """
              new TreeMap<>(System.getProperties()).forEach((k, v) -> {
                if (!k.toString().matches(
                    "sun.java.command|user.home|java.class.path|jdk.debug|sun.management.*")) {
                  System.out.println(k + "=" + v);
                }
              });
              System.out.println(Thread.getDefaultUncaughtExceptionHandler());
              System.out.println(Locale.getDefault() + " " + TimeZone.getDefault().getID());
            }
            """);
    Path plainLog = directory.resolve("plain.txt");
    Path watchedLog = directory.resolve("watched.txt");
    TestApp.Run plain =
        told(TestApp.of(directory.resolve("a"), source).with("-Xlog:class+load:file=" + plainLog));
    TestApp.Run watched =
        heard(
            TestApp.of(directory.resolve("b"), source).with("-Xlog:class+load:file=" + watchedLog));

    assertThat(watched.out()).isEqualTo(plain.out());
    List<String> touched = settings(watchedLog);
    touched.removeAll(settings(plainLog));
    assertThat(touched).isEmpty();
  }

  private static List<String> settings(Path log) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      String name = line.replaceFirst("^(\\[[^]]*\\])*\\s*", "").replaceFirst(" .*", "");
      if (SETTINGS.matcher(name).matches()) {
        found.add(name);
      }
    }
    return found;
  }

  @Test
  void tlsIsTheHostsUntilItRuns() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TestApp app =
          TestApp.of(
                  directory,
                  program(
                      """
                      public static void main(String[] args) throws Exception {
                      """
                          + UNTIL_TOLD
                          + "}"))
              .with("-Xlog:class+load")
              .withAgent("https://127.0.0.1:" + server.getLocalPort());
      Process process = app.start("-cp", app.classes().toString(), "app.Main");
      server.setSoTimeout(60_000);
      try (Socket agent = server.accept()) {
        assertThat(agent.getInputStream().read()).as("begins to talk TLS").isNotNegative();
      }
      Files.createFile(directory.resolve("go"));
      String loaded = app.finish(process).out();
      assertThat(loaded.indexOf(" sun.security.ssl.SSLContextImpl source"))
          .isGreaterThan(loaded.indexOf(" app.Main source"));
      assertThat(loaded).contains(" app.Main source");
    }
  }

  @Test
  void staysOutOfBuildTools() throws Exception {
    String source =
        "package org.gradle; public class Fake { public static void main(String[] a) {"
            + " System.out.println(ClassLoader.getSystemClassLoader() != null); } }";
    TestApp app = TestApp.of(directory, "org/gradle/Fake.java", source).withAgent(NOBODY);
    TestApp.Run run = app.runClass("org.gradle.Fake");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("true\n");
  }

  @Test
  void canBeSwitchedOff() throws Exception {
    TestApp app =
        TestApp.of(directory, program("public static void main(String[] a) { }"))
            .with("-Dfettle.agent.enabled=false")
            .withAgent(NOBODY);
    assertThat(app.run().err()).isEmpty();
  }

  @Test
  void nonsenseOptionsAreSaidAndSurvived() throws Exception {
    TestApp app =
        TestApp.of(
                directory, program("public static void main(String[] a) { System.out.print(1); }"))
            .withAgent("ftp://x y");
    TestApp.Run run = app.run();
    assertThat(run.out()).isEqualTo("1");
    assertThat(run.err()).contains("fettle.server is not an http or https URL");
  }

  @Test
  void aDamagedAgentJarLeavesTheProgramAlone() throws IOException, InterruptedException {
    TestApp app =
        TestApp.of(
            directory, program("public static void main(String[] a) { System.out.print(1); }"));
    Path broken = directory.resolve("broken.jar");
    try (var in = new java.util.zip.ZipInputStream(Files.newInputStream(TestApp.agentJar()));
        var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(broken))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new java.util.zip.ZipEntry(entry.getName()));
        out.write(entry.getName().endsWith("core.jar") ? new byte[10] : in.readAllBytes());
        out.closeEntry();
      }
    }
    TestApp.Run run = app.with("-javaagent:" + broken).run();
    assertThat(run.out()).isEqualTo("1");
    assertThat(run.err()).contains("the application runs without it");
  }
}
