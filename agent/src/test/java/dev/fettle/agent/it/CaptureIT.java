package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.testkit.InstalledJdk;
import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Local;
import dev.fettle.wire.Message;
import dev.fettle.wire.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the packed agent captures in real child JVMs. */
class CaptureIT extends Captured {
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
}
