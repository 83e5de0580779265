package dev.fettle.agent.it;

import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Local;
import dev.fettle.wire.Message;
import dev.fettle.wire.Thrown;
import dev.fettle.wire.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An application and the server that its agent reports to, for tests that extend it. */
abstract class Captured {
  /** Ends when standard input does: tests say when. */
  static final String LINGER =
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
  RecordingServer server;

  @BeforeEach
  void listen() throws IOException {
    server = new RecordingServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Runs an app until it has reported so many occurrences. */
  List<Message.Occurrence> occurrences(TestApp app, int count, String... how) throws Exception {
    Process process =
        app.start(how.length == 0 ? new String[] {"-cp", app.classes() + "", "app.Main"} : how);
    try {
      return server.await(Message.Occurrence.class, count);
    } finally {
      Files.createFile(directory.resolve("go"));
      app.finish(process);
    }
  }

  static Thrown root(Message.Occurrence occurrence) {
    Thrown thrown = occurrence.thrown();
    while (thrown.cause() != null) {
      thrown = thrown.cause();
    }
    return thrown;
  }

  static CallFrame top(Message.Occurrence occurrence) {
    return root(occurrence).frames().stream()
        .filter(CallFrame::application)
        .findFirst()
        .orElseThrow();
  }

  static Value local(CallFrame frame, String name) {
    return frame.locals().stream()
        .filter(l -> l.name().equals(name))
        .map(Local::value)
        .findFirst()
        .orElseThrow();
  }

  TestApp app(String members) throws IOException {
    return TestApp.of(
        directory,
        "package app;\nimport java.util.*;\npublic class Main {\n" + members + LINGER + "}\n");
  }
}
