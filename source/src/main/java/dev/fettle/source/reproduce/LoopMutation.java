package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Undoes what a loop did to the collection that it iterates. A concurrent modification is captured
 * after the element was removed; without an element to remove, the loop does not fail again.
 */
final class LoopMutation {
  private static final int MAX_ADDED = 4;

  private LoopMutation() {}

  /** The failure with likely elements put back in front; empty when no loop changed anything. */
  static Optional<Failure> undone(Failure failure, ClassPool classes) {
    if (!failure.thrown().type().equals("java.util.ConcurrentModificationException")) {
      return Optional.empty();
    }
    CapturedFrame frame = failure.frame(0);
    return Methods.of(frame, classes)
        .flatMap(m -> classes.find(owner(frame)).flatMap(c -> MethodFlow.of(c, m)))
        .flatMap(flow -> iterated(failure, frame, flow))
        .map(value -> replaced(failure, value, refilled(value, frame)));
  }

  private static String owner(CapturedFrame frame) {
    return frame.className().replace('.', '/');
  }

  private static Optional<CapturedValue> iterated(
      Failure failure, CapturedFrame frame, MethodFlow flow) {
    Optional<Integer> at = FailingInstruction.of(failure, 0, flow);
    if (at.isEmpty() || !(flow.instruction(at.get()) instanceof MethodInsnNode)) {
      return Optional.empty();
    }
    List<Sym> receiver = flow.top(at.get(), 1);
    Sym source = receiver.isEmpty() ? new Sym.Unknown(1) : receiver.get(0).bare();
    while (source instanceof Sym.Result r
        && !r.arguments.isEmpty()
        && r.call.owner.startsWith("java/util/")) {
      source = r.arguments.get(0).bare();
    }
    return valueOf(source, frame, flow, at.get()).filter(LoopMutation::many);
  }

  private static Optional<CapturedValue> valueOf(
      Sym source, CapturedFrame frame, MethodFlow flow, int at) {
    if (source instanceof Sym.FieldValue f
        && frame.receiver() instanceof CapturedValue.Composite c) {
      return c.fields().stream()
          .filter(x -> x.name().equals(f.field.name))
          .map(CapturedValue.Field::value)
          .findFirst();
    }
    if (source instanceof Sym.Param p) {
      List<Variable> parameters = frame.locals().stream().filter(Variable::parameter).toList();
      return p.index() < parameters.size()
          ? Optional.of(parameters.get(p.index()).value())
          : Optional.empty();
    }
    return frame.locals().stream()
        .filter(v -> flow.local(at, v.name()).map(s -> s.bare().equals(source)).orElse(false))
        .map(Variable::value)
        .findFirst();
  }

  private static boolean many(CapturedValue value) {
    return value instanceof CapturedValue.Sequence || value instanceof CapturedValue.Mapping;
  }

  private static CapturedValue refilled(CapturedValue value, CapturedFrame frame) {
    if (value instanceof CapturedValue.Mapping m) {
      List<CapturedValue.Entry> entries = new ArrayList<>();
      CapturedValue content =
          m.entries().isEmpty()
              ? new CapturedValue.Opaque("java.lang.Object", "removed")
              : m.entries().get(0).value();
      candidates(m.entries().stream().map(CapturedValue.Entry::key).toList(), frame)
          .forEach(k -> entries.add(new CapturedValue.Entry(k, content)));
      entries.addAll(m.entries());
      return new CapturedValue.Mapping(
          m.type(), m.size() + entries.size() - m.entries().size(), entries);
    }
    CapturedValue.Sequence s = (CapturedValue.Sequence) value;
    List<CapturedValue> elements = new ArrayList<>(candidates(s.elements(), frame));
    int added = elements.size();
    elements.addAll(s.elements());
    return new CapturedValue.Sequence(s.type(), s.size() + added, elements);
  }

  /** Values of the same type that the frame holds, then variations of an element that is left. */
  private static List<CapturedValue> candidates(List<CapturedValue> left, CapturedFrame frame) {
    List<CapturedValue> all = new ArrayList<>();
    String type = left.isEmpty() ? "java.lang.String" : left.get(0).type();
    frame.locals().stream()
        .map(Variable::value)
        .filter(v -> v.type().equals(type) && !left.contains(v) && !many(v))
        .forEach(all::add);
    if (!left.isEmpty() && left.get(0) instanceof CapturedValue.Composite c) {
      all.add(varied(c, -c.identity() - 1, "0", "true"));
      all.add(varied(c, -c.identity() - 1_000_000, "0", "false"));
    }
    if (all.isEmpty() && !left.isEmpty()) {
      all.add(left.get(0));
    }
    if (all.isEmpty()) {
      all.add(new CapturedValue.Opaque("java.lang.Object", "removed"));
    }
    return all.subList(0, Math.min(MAX_ADDED, all.size()));
  }

  private static CapturedValue varied(
      CapturedValue.Composite c, int identity, String number, String truth) {
    List<CapturedValue.Field> fields = new ArrayList<>();
    for (CapturedValue.Field f : c.fields()) {
      CapturedValue value = f.value();
      if (value instanceof CapturedValue.Scalar s
          && s.type().toLowerCase(java.util.Locale.ROOT).endsWith("boolean")) {
        value = new CapturedValue.Scalar(s.type(), truth);
      } else if (value instanceof CapturedValue.Scalar s && s.text().matches("-?\\d+(\\.\\d+)?")) {
        value = new CapturedValue.Scalar(s.type(), number);
      }
      fields.add(new CapturedValue.Field(f.name(), f.declaredIn(), value));
    }
    return new CapturedValue.Composite(c.type(), identity, fields);
  }

  private static Failure replaced(Failure failure, CapturedValue before, CapturedValue after) {
    UnaryOperator<CapturedValue> exchange = v -> v.equals(before) ? after : v;
    List<CapturedFrame> frames =
        failure.frames().stream().map(f -> exchanged(f, exchange)).toList();
    CapturedException thrown =
        new CapturedException(
            failure.thrown().type(), failure.thrown().message(), frames, failure.thrown().cause());
    return Failure.of(thrown).orElse(failure);
  }

  private static CapturedFrame exchanged(CapturedFrame f, UnaryOperator<CapturedValue> exchange) {
    CapturedValue receiver = f.receiver();
    if (receiver instanceof CapturedValue.Composite c) {
      List<CapturedValue.Field> fields =
          Stream.of(c)
              .flatMap(x -> x.fields().stream())
              .map(
                  x -> new CapturedValue.Field(x.name(), x.declaredIn(), exchange.apply(x.value())))
              .toList();
      receiver = new CapturedValue.Composite(c.type(), c.identity(), fields);
    }
    List<Variable> locals =
        f.locals().stream()
            .map(
                v ->
                    new Variable(
                        v.name(), v.descriptor(), v.parameter(), exchange.apply(v.value())))
            .toList();
    return new CapturedFrame(
        f.className(),
        f.method(),
        f.descriptor(),
        f.file(),
        f.line(),
        f.application(),
        receiver,
        locals);
  }
}
