package dev.fettle.intake.agent;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Variable;
import dev.fettle.wire.CallFrame;
import dev.fettle.wire.Exchange;
import dev.fettle.wire.Local;
import dev.fettle.wire.Message;
import dev.fettle.wire.Thrown;
import dev.fettle.wire.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From the wire's records to the contract's, field by field. */
final class SignalMapping {
  private SignalMapping() {}

  static Signal signal(Message.Occurrence o, Origin origin, TrustTier trust) {
    return new Signal(
        o.id(),
        o.kind() == Message.Occurrence.Kind.LOGGED ? Signal.Kind.LOG : Signal.Kind.ERROR,
        origin,
        trust,
        Instant.ofEpochMilli(o.thrownAt()),
        o.thread(),
        exception(o.thrown()),
        request(o.exchange()),
        o.reason(),
        o.repeats());
  }

  static Origin origin(Message.Hello hello) {
    return new Origin(
        hello.service(),
        hello.instance(),
        hello.version(),
        hello.revision(),
        hello.javaVersion(),
        "agent");
  }

  private static CapturedException exception(Thrown thrown) {
    Thrown cause = thrown.cause();
    return new CapturedException(
        thrown.type(),
        thrown.message(),
        thrown.frames().stream().map(SignalMapping::frame).toList(),
        cause == null ? null : exception(cause));
  }

  private static CapturedFrame frame(CallFrame f) {
    return new CapturedFrame(
        f.className(),
        f.method(),
        f.descriptor(),
        f.file(),
        f.line(),
        f.application(),
        f.receiver() == null ? null : value(f.receiver()),
        f.locals().stream().map(SignalMapping::variable).toList());
  }

  static Variable variable(Local l) {
    return new Variable(l.name(), l.descriptor(), l.parameter(), value(l.value()));
  }

  private static @Nullable Request request(@Nullable Exchange e) {
    return e == null ? null : new Request(e.method(), e.path(), e.query(), e.headers(), e.status());
  }

  private static CapturedValue value(Value value) {
    if (value instanceof Value.Null v) {
      return new CapturedValue.Null(v.type());
    } else if (value instanceof Value.Scalar v) {
      return new CapturedValue.Scalar(v.type(), v.text());
    } else if (value instanceof Value.Text v) {
      return new CapturedValue.Text(v.type(), v.text(), v.length());
    } else if (value instanceof Value.EnumConstant v) {
      return new CapturedValue.EnumConstant(v.type(), v.name());
    } else if (value instanceof Value.Reference v) {
      return new CapturedValue.Reference(v.type(), v.identity());
    } else if (value instanceof Value.Opaque v) {
      return new CapturedValue.Opaque(v.type(), v.reason());
    } else if (value instanceof Value.Redacted v) {
      return new CapturedValue.Redacted(v.type(), v.reason(), v.token());
    }
    return parts(value);
  }

  private static CapturedValue parts(Value value) {
    if (value instanceof Value.Sequence v) {
      return new CapturedValue.Sequence(
          v.type(), v.size(), v.elements().stream().map(SignalMapping::value).toList());
    } else if (value instanceof Value.Mapping v) {
      return new CapturedValue.Mapping(
          v.type(),
          v.size(),
          v.entries().stream()
              .map(e -> new CapturedValue.Entry(value(e.key()), value(e.value())))
              .toList());
    }
    Value.Composite v = (Value.Composite) value;
    return new CapturedValue.Composite(
        v.type(),
        v.identity(),
        v.fields().stream()
            .map(f -> new CapturedValue.Field(f.name(), f.declaredIn(), value(f.value())))
            .toList());
  }
}
