package dev.fettle.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packs occurrences. One instance unpacks one. */
final class OccurrenceCodec {
  private final ValueCodec values = new ValueCodec();

  static void pack(Packer out, Message.Occurrence o) {
    out.string(o.id());
    out.string(o.kind().name());
    out.i64(o.thrownAt());
    out.string(o.thread());
    packThrown(out, o.thrown());
    packExchange(out, o.exchange());
    out.string(o.reason());
    out.i64(o.repeats());
  }

  static void packThrown(Packer out, Thrown thrown) {
    out.string(thrown.type());
    out.optional(thrown.message());
    out.list(thrown.frames(), OccurrenceCodec::packFrame);
    Thrown cause = thrown.cause();
    out.u8(cause == null ? 0 : 1);
    if (cause != null) {
      packThrown(out, cause);
    }
  }

  private static void packFrame(Packer out, CallFrame frame) {
    out.string(frame.className());
    out.string(frame.method());
    out.string(frame.descriptor());
    out.optional(frame.file());
    out.i32(frame.line());
    out.u8(frame.application() ? 1 : 0);
    Value receiver = frame.receiver();
    out.u8(receiver == null ? 0 : 1);
    if (receiver != null) {
      ValueCodec.pack(out, receiver);
    }
    out.list(frame.locals(), OccurrenceCodec::packLocal);
  }

  static void packLocal(Packer out, Local local) {
    out.string(local.name());
    out.string(local.descriptor());
    out.u8(local.parameter() ? 1 : 0);
    ValueCodec.pack(out, local.value());
  }

  private static void packExchange(Packer out, @Nullable Exchange exchange) {
    out.u8(exchange == null ? 0 : 1);
    if (exchange != null) {
      out.string(exchange.method());
      out.string(exchange.path());
      out.optional(exchange.query());
      out.list(
          List.copyOf(exchange.headers().entrySet()),
          (p, header) -> {
            p.string(header.getKey());
            p.string(header.getValue());
          });
      out.count(exchange.status());
    }
  }

  Message.Occurrence unpack(Unpacker in) throws MalformedMessageException {
    String id = in.string();
    Message.Occurrence.Kind kind = in.constant(Message.Occurrence.Kind.values());
    long thrownAt = in.i64();
    String thread = in.string();
    Thrown thrown = thrown(in, 1);
    Exchange exchange = in.flag() ? exchange(in) : null;
    String reason = in.string();
    long repeats = in.i64();
    if (id.isBlank() || repeats < 1) {
      throw new MalformedMessageException("an occurrence without id or repeats");
    }
    return new Message.Occurrence(id, kind, thrownAt, thread, thrown, exchange, reason, repeats);
  }

  Thrown thrown(Unpacker in) throws MalformedMessageException {
    return thrown(in, 1);
  }

  private Thrown thrown(Unpacker in, int depth) throws MalformedMessageException {
    Unpacker.check(depth, Limits.CAUSES, "length of a cause chain");
    String type = in.string();
    if (type.isBlank()) {
      throw new MalformedMessageException("a throwable without type");
    }
    String message = in.optional();
    List<CallFrame> frames = in.list(this::frame);
    return new Thrown(type, message, frames, in.flag() ? thrown(in, depth + 1) : null);
  }

  private CallFrame frame(Unpacker in) throws MalformedMessageException {
    return new CallFrame(
        in.string(),
        in.string(),
        in.string(),
        in.optional(),
        in.i32(),
        in.flag(),
        in.flag() ? values.unpack(in) : null,
        in.list(this::local));
  }

  Local local(Unpacker in) throws MalformedMessageException {
    return new Local(in.string(), in.string(), in.flag(), values.unpack(in));
  }

  private static Exchange exchange(Unpacker in) throws MalformedMessageException {
    String method = in.string();
    String path = in.string();
    String query = in.optional();
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : in.list(i -> Map.entry(i.string(), i.string()))) {
      headers.put(header.getKey(), header.getValue());
    }
    return new Exchange(method, path, query, headers, in.count());
  }
}
