package dev.fettle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerClientTest {

  @Test
  void aNameWithItsPasswordLogsInAtTheServer() {
    assertThat(ServerClient.authorization(" ada:la:ce\n")).contains("Basic YWRhOmxhOmNl");
  }

  @Test
  void anythingElseIsATokenForAGateway() {
    assertThat(ServerClient.authorization("eyJhbGciOi")).contains("Bearer eyJhbGciOi");
  }

  @Test
  void aServerThatTakesTooLongIsNotCalledAbsent() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerClient client =
          new ServerClient(URI.create("http://127.0.0.1:" + silent.getLocalPort()));

      assertThatThrownBy(() -> client.get("/status", Duration.ofSeconds(1)))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("has not answered within 1 s");
    }
  }

  @Test
  void withoutATokenNothingIsShown() {
    assertThat(ServerClient.authorization(null)).isEmpty();
    assertThat(ServerClient.authorization(" ")).isEmpty();
  }
}
