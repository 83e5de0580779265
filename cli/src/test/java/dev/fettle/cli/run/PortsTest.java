package dev.fettle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void aPortThatSomebodyListensOnIsPassedOver() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThat(Ports.firstFree(taken.getLocalPort())).isGreaterThan(taken.getLocalPort());
      assertThat(Ports.free(taken.getLocalPort())).isFalse();
    }
  }

  @Test
  void aPortThatIsTakenOnLoopbackOnlyIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.free(taken.getLocalPort())).isFalse();
    }
  }
}
