package dev.fettle.cli.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds ports that nobody listens on. */
public final class Ports {
  private static final int TRIES = 200;

  private Ports() {}

  /** The first free loopback port from {@code first} upwards. */
  public static int firstFree(int first) {
    for (int port = first; port < first + TRIES && port <= 65535; port++) {
      if (free(port)) {
        return port;
      }
    }
    throw new CommandFailure(
        ExitCode.INTERNAL, "no free port between " + first + " and " + (first + TRIES - 1));
  }

  /** Any free port above the range that applications usually ask for. */
  public static int any() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INTERNAL, "no free port: " + e.getMessage());
    }
  }

  /** Whether nobody listens on {@code port}, on any address. */
  public static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
