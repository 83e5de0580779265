package dev.fettle.lab;

import dev.fettle.lab.protocol.Channel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Entry of a laboratory child: {@code LabMain SOCKET}. Serves one request after the other until the
 * server closes the socket, then ends the JVM whatever the tests left running.
 */
public final class LabMain {
  private LabMain() {}

  public static void main(String[] arguments) throws IOException {
    SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(arguments[0])));
    System.setIn(InputStream.nullInputStream());
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    System.setOut(silent);
    System.setErr(silent);
    try (Channel channel = new Channel(socket)) {
      new LabSession(channel, silent).serve();
    } catch (EOFException serverIsGone) {
      // The normal end.
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }
}
