package dev.fettle.lab.protocol;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * Frames over a socket: a length, then an encoded {@link Message}. A frame above {@link #LIMIT} or
 * one that does not decode is an {@link IOException}: the other side may be code under test. One
 * reader and one writer at a time; writers are serialized.
 */
public final class Channel implements AutoCloseable {
  /** Bytes that a frame may have. */
  public static final int LIMIT = 64 << 20;

  private final SocketChannel socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  public Channel(SocketChannel socket) {
    this.socket = socket;
    this.in =
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(socket), 1 << 16));
    this.out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(socket), 1 << 16));
  }

  /** Sends at once. */
  public synchronized void send(Message message) throws IOException {
    byte[] bytes = Codec.encode(message);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /**
   * Waits for the next message.
   *
   * @throws EOFException when the other side is gone
   */
  public Message receive() throws IOException {
    int length = in.readInt();
    if (length < 1 || length > LIMIT) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the other side ended inside a frame");
    }
    return Codec.decode(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
