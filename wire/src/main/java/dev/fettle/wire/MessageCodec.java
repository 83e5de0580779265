package dev.fettle.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Messages as bytes: {@code magic(4) version(1) type(1) length(4) payload crc32(4)}, big endian,
 * one after the other. The checksum covers version, type, length and payload.
 */
public final class MessageCodec {
  /** Of the protocol; a reader refuses any other. */
  public static final int VERSION = 1;

  private static final int MAGIC = 0x4654_4C45;
  private static final int HEAD = 10;

  private MessageCodec() {}

  /**
   * The body that carries these messages.
   *
   * @throws IllegalArgumentException when a message, string, list or map exceeds {@link Limits}
   */
  public static byte[] encode(List<? extends Message> messages) {
    Packer out = new Packer();
    for (Message message : messages) {
      encode(out, message);
    }
    return out.toBytes();
  }

  private static void encode(Packer out, Message message) {
    Packer payload = new Packer();
    int type = MessageBody.pack(payload, message);
    if (payload.size() > Limits.MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message of " + payload.size() + " bytes");
    }
    out.i32(MAGIC);
    int from = out.size();
    out.u8(VERSION);
    out.u8(type);
    out.i32(payload.size());
    out.raw(payload.array(), payload.size());
    CRC32 crc = new CRC32();
    crc.update(out.array(), from, out.size() - from);
    out.i32((int) crc.getValue());
  }

  /**
   * Reads a body to its end.
   *
   * @throws MalformedMessageException when a message is damaged, unknown or exceeds a limit; no
   *     message of such a body is returned
   */
  public static List<Message> decode(InputStream body) throws IOException {
    List<Message> messages = new ArrayList<>();
    long read = 0;
    while (true) {
      byte[] head = body.readNBytes(HEAD);
      if (head.length == 0) {
        return messages;
      }
      Unpacker.check(messages.size() + 1, Limits.MESSAGES, "messages of a body");
      int length = length(head);
      read += HEAD + length + 4L;
      if (read > Limits.BODY_BYTES) {
        throw new MalformedMessageException("a body of more than " + Limits.BODY_BYTES + " bytes");
      }
      messages.add(decode(head, exactly(body, length + 4)));
    }
  }

  private static int length(byte[] head) throws MalformedMessageException {
    Unpacker in = new Unpacker(head, 0, head.length);
    if (in.i32() != MAGIC) {
      throw new MalformedMessageException("not a message of this protocol");
    }
    int version = in.u8();
    if (version != VERSION) {
      throw new MalformedMessageException("version " + version + ", expected " + VERSION);
    }
    in.u8();
    return Unpacker.check(in.i32(), Limits.MESSAGE_BYTES, "bytes of a message");
  }

  private static byte[] exactly(InputStream body, int length) throws IOException {
    // readNBytes grows as data arrives: a lying length costs no memory
    byte[] bytes = body.readNBytes(length);
    if (bytes.length < length) {
      throw new MalformedMessageException(
          "ends " + (length - bytes.length) + " bytes early", new EOFException());
    }
    return bytes;
  }

  private static Message decode(byte[] head, byte[] rest) throws MalformedMessageException {
    int length = rest.length - 4;
    CRC32 crc = new CRC32();
    crc.update(head, 4, HEAD - 4);
    crc.update(rest, 0, length);
    if (new Unpacker(rest, length, rest.length).i32() != (int) crc.getValue()) {
      throw new MalformedMessageException("wrong checksum");
    }
    Unpacker in = new Unpacker(Arrays.copyOf(rest, length), 0, length);
    Message message = MessageBody.unpack(in, head[5] & 0xff);
    in.end();
    return message;
  }
}
