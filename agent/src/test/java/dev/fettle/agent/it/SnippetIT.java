package dev.fettle.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import dev.fettle.wire.SnippetOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snippets that a server signed and sent, in a JVM of its own under the packed agent. */
class SnippetIT {
  private static final String PROGRAM =
      """
      package app;
      import java.util.*;
      public class Main {
        static int price(String text, List<Integer> seen) {
          int price = 7;
          price = Integer.parseInt(text);
          seen.add(price);
          return price;
        }
        public static void main(String[] args) {
          List<Integer> seen = new ArrayList<>();
          int price = price("a dozen", seen);
          System.out.println(price + " " + seen);
        }
      }
      """;
  private static final String CONTAINED =
      "v[2] = ((String) v[0]).contains(\"dozen\") ? 12 : 0;"
          + " ((java.util.List<Object>) v[1]).add(99);";

  @TempDir Path directory;
  private final KeyPair keys = pair();
  private RecordingServer server;

  @BeforeEach
  void listen() throws IOException {
    server = new RecordingServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFailingThreadWaitsForTheSnippetThatTheServerSends() throws Exception {
    TestApp app = app("contained", "-Dfettle.heal.wait=60000");
    Process process = app.start("-cp", app.classes().toString(), "app.Main");
    // the thread waits: its program has not ended, and the server was told what failed
    Message.Occurrence asked = server.await(Message.Occurrence.class, 1).get(0);
    assertThat(asked.reason()).contains("waits for a snippet");
    server.send(order(true, "v[2] = 12;"));
    TestApp.Run run = app.finish(process);

    assertThat(run.out()).as(run.err()).isEqualTo("12 [12]\n");
    assertThat(run.err()).contains("with snippet:");
    HealMessage.Healed healed = server.await(HealMessage.Healed.class, 1).get(0);
    assertThat(healed.rung()).isEqualTo("contained");
  }

  @Test
  void aThreadThatNobodyAnswersGoesOnWithARemedy() throws Exception {
    TestApp.Run run = app("contained", "-Dfettle.heal.wait=50").run();
    assertThat(run.out()).as(run.err()).matches("\\d+ \\[.*]\n");
    assertThat(run.err()).doesNotContain("with snippet:");
  }

  @Test
  void aFullSnippetWorksOnWhatTheProgramHolds() throws Exception {
    TestApp app = app("full", "-Dfettle.heal.orders=" + orders(order(false, CONTAINED)));
    TestApp.Run run = app.run();
    assertThat(run.out()).as(run.err()).isEqualTo("12 [99, 12]\n");
    HealMessage.Healed healed = server.await(HealMessage.Healed.class, 1).get(0);
    assertThat(healed.rung()).isEqualTo("full");
  }

  @Test
  void aContainedSnippetWorksOnCopies() throws Exception {
    TestApp app = app("contained", "-Dfettle.heal.orders=" + orders(order(true, "v[2] = 12;")));
    assertThat(app.run().out()).isEqualTo("12 [12]\n");
  }

  @Test
  void aFullSnippetIsRefusedWhereOnlyContainedOnesMayRun() throws Exception {
    TestApp.Run run =
        app("contained", "-Dfettle.heal.orders=" + orders(order(false, CONTAINED))).run();
    assertThat(run.out()).as(run.err()).doesNotContain("99");
    assertThat(run.err()).doesNotContain("with snippet:");
  }

  private TestApp app(String rung, String more) throws IOException {
    Path key = directory.resolve("key");
    Files.writeString(key, Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
    return TestApp.of(directory, PROGRAM)
        .with(
            "-XX:TieredStopAtLevel=1",
            "-Dfettle.heal=" + rung,
            "-Dfettle.heal.threshold=0",
            "-Dfettle.heal.instance=agent-1",
            "-Dfettle.heal.verify-key-file=" + key,
            more)
        .withAgent(server.url(), "packages=app");
  }

  private Path orders(HealMessage.InstallSnippet order) throws IOException {
    Base64.Encoder base64 = Base64.getEncoder();
    return Files.writeString(
        directory.resolve("orders"),
        base64.encodeToString(order.order()) + " " + base64.encodeToString(order.signature()));
  }

  private HealMessage.InstallSnippet order(boolean contained, String body)
      throws IOException, GeneralSecurityException {
    byte[] order =
        new SnippetOrder(
                "s-1",
                "agent-1",
                1,
                System.currentTimeMillis() + 600_000,
                "app.Main",
                "price",
                "(Ljava/lang/String;Ljava/util/List;)I",
                0,
                "java.lang.NumberFormatException",
                contained,
                false,
                List.of("text Ljava/lang/String;", "seen Ljava/util/List;", "price I"),
                "reads words",
                800,
                compiled(body))
            .pack();
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(order);
    return new HealMessage.InstallSnippet(order, signature.sign());
  }

  private byte[] compiled(String body) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("snippet"));
    Path source = folder.resolve("FettleSnippet.java");
    Files.writeString(
        source,
        "final class FettleSnippet { static Object[] heal(Object[] v) { " + body + " return v; }}");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-XDstringConcat=inline",
                "-nowarn",
                "-Xlint:none",
                "-d",
                folder.toString(),
                source.toString());
    assertThat(code).isZero();
    return Files.readAllBytes(folder.resolve("FettleSnippet.class"));
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
