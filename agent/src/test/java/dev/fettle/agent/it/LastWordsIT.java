package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that end as soon as they failed or were healed, under the packed agent. */
class LastWordsIT {
  private static final String PROGRAM =
      """
      package app;
      public class Main {
        static int price(String text) {
          int price = 7;
          price = Integer.parseInt(text);
          return price;
        }
        public static void main(String[] args) {
          int price = price("12kg");
          System.out.println(price);
          System.exit(3);
        }
      }
      """;

  private static final String GOES_ON =
      """
      package app;
      import java.nio.file.*;
      public class Main {
        static int price(String text) {
          int price = 7;
          price = Integer.parseInt(text);
          return price;
        }
        public static void main(String[] args) throws Exception {
          System.out.println(price("12kg"));
          Path gone = Path.of(System.getProperty("user.home"), "gone");
          for (int i = 0; i < 2500 && !Files.exists(gone); i++) {
            Thread.sleep(20);
          }
          System.out.println(price("35kg"));
        }
      }
      """;

  @TempDir Path directory;

  private TestApp app(String url, String... options) throws IOException {
    return TestApp.of(directory, PROGRAM)
        .with("-XX:TieredStopAtLevel=1")
        .with(options)
        .withAgent(url, "packages=app");
  }

  private TestApp healed(String url) throws IOException {
    return app(url, "-Dfettle.heal=typed", "-Dfettle.heal.threshold=0");
  }

  @Test
  void aProgramThatIsHealedOnceAndEndsIsHeardOf() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      TestApp.Run run = healed(server.url()).run();
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.out()).isEqualTo("12\n");
      assertThat(run.err()).contains("healed java.lang.NumberFormatException at app.Main.price:5");
      // it ended: nothing arrives any more
      assertThat(server.all(HealMessage.Healed.class)).hasSize(1);
    }
  }

  @Test
  void aProgramThatDiesIsHeardOf() throws Exception {
    try (RecordingServer server = new RecordingServer()) {
      TestApp.Run run = app(server.url()).run();
      assertThat(run.exit()).isEqualTo(1);
      assertThat(server.all(Message.Occurrence.class))
          .anySatisfy(
              seen -> {
                assertThat(seen.thrown().type()).isEqualTo("java.lang.NumberFormatException");
                assertThat(seen.thrown().frames().get(0).locals()).isNotNull();
              });
    }
  }

  @Test
  void aServerThatNeverAnswersHoldsNobodyUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread accepting =
          new Thread(
              () -> {
                try {
                  while (true) {
                    Socket taken = silent.accept();
                    assertThat(taken.isConnected()).isTrue();
                  }
                } catch (IOException closed) {
                  Thread.currentThread().interrupt();
                }
              });
      accepting.setDaemon(true);
      accepting.start();
      TestApp.Run run = healed("http://127.0.0.1:" + silent.getLocalPort()).run();
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.out()).isEqualTo("12\n");
    }
  }

  @Test
  void aServerThatGoesAwayLeavesHealingAsItIs() throws Exception {
    TestApp app =
        TestApp.of(directory, GOES_ON)
            .with("-XX:TieredStopAtLevel=1", "-Dfettle.heal=typed", "-Dfettle.heal.threshold=0");
    RecordingServer server = new RecordingServer();
    Process process;
    try (server) {
      process =
          app.withAgent(server.url(), "packages=app")
              .start("-cp", app.classes().toString(), "app.Main");
      server.await(HealMessage.Healed.class, 1);
    }
    Files.createFile(directory.resolve("gone"));
    TestApp.Run run = app.finish(process);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("12\n35\n");
  }

  @Test
  void aServerThatIsNotThereChangesNothing() throws Exception {
    TestApp.Run run = healed("http://127.0.0.1:9").run();
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("healed java.lang.NumberFormatException");
  }
}
