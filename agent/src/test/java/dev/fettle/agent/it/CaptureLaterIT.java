package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Message;
import dev.fettle.wire.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Classes that were loaded before: patched by the agent, or there when it was attached. */
class CaptureLaterIT extends Captured {
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
}
