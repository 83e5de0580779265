package dev.fettle.wire;

import java.nio.charset.StandardCharsets;

/**
 * A built-in remedy to prefer at one place of one agent. It is one of those that the agent said
 * would fit there; the agent checks again, and its own limits hold.
 *
 * @param remedy name of a remedy of the agent
 */
public record RemedyOrder(
    String id,
    String agent,
    long sequence,
    long expires,
    String className,
    String method,
    String descriptor,
    int line,
    String exception,
    String remedy,
    String rationale,
    int confidence)
    implements HealOrder {
  static final byte[] PURPOSE = "fettle-remedy-1\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public byte[] pack() {
    Packer out = new Packer();
    out.raw(PURPOSE, PURPOSE.length);
    out.string(id);
    out.string(agent);
    out.i64(sequence);
    out.i64(expires);
    out.string(className);
    out.string(method);
    out.string(descriptor);
    out.i32(line);
    out.string(exception);
    out.string(remedy);
    out.string(rationale);
    out.i32(confidence);
    return out.toBytes();
  }

  static RemedyOrder unpack(byte[] bytes) throws MalformedMessageException {
    Unpacker in = new Unpacker(bytes, PURPOSE.length, bytes.length);
    RemedyOrder order =
        new RemedyOrder(
            in.string(),
            in.string(),
            in.i64(),
            in.i64(),
            in.string(),
            in.string(),
            in.string(),
            in.i32(),
            in.string(),
            in.string(),
            in.string(),
            in.i32());
    in.end();
    return order;
  }
}
