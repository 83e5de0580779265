package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Message;
import dev.fettle.wire.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which exceptions the packed agent reports, and which somebody was prepared for. */
class JudgementIT extends Captured {
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
}
