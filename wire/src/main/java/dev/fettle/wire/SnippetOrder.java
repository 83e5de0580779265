package dev.fettle.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A snippet for one place of one agent.
 *
 * @param contained whether it works on copies of plain values, else on live state
 * @param retry whether the failing statement runs again afterwards
 * @param variables it takes and gives back, in order: {@code name descriptor}
 * @param code class file
 */
public record SnippetOrder(
    String id,
    String agent,
    long sequence,
    long expires,
    String className,
    String method,
    String descriptor,
    int line,
    String exception,
    boolean contained,
    boolean retry,
    List<String> variables,
    String rationale,
    int confidence,
    byte[] code)
    implements HealOrder {
  private static final byte[] PURPOSE = "fettle-snippet-1\n".getBytes(StandardCharsets.US_ASCII);

  public SnippetOrder {
    variables = List.copyOf(variables);
  }

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
    out.u8(contained ? 1 : 0);
    out.u8(retry ? 1 : 0);
    out.list(variables, Packer::string);
    out.string(rationale);
    out.i32(confidence);
    out.bytes(code);
    return out.toBytes();
  }

  /**
   * Reads what {@link #pack} made.
   *
   * @throws MalformedMessageException when it is anything else
   */
  public static SnippetOrder unpack(byte[] bytes) throws MalformedMessageException {
    if (!HealOrder.isFor(PURPOSE, bytes)) {
      throw new MalformedMessageException("not an order of a snippet");
    }
    Unpacker in = new Unpacker(bytes, PURPOSE.length, bytes.length);
    SnippetOrder order =
        new SnippetOrder(
            in.string(),
            in.string(),
            in.i64(),
            in.i64(),
            in.string(),
            in.string(),
            in.string(),
            in.i32(),
            in.string(),
            in.flag(),
            in.flag(),
            in.list(Unpacker::string),
            in.string(),
            in.i32(),
            in.bytes());
    in.end();
    return order;
  }
}
