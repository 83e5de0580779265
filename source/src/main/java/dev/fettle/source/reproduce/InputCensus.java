package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Variable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of an incident's inputs a test can restore: for each application frame, its parameters
 * and the fields of its receiver.
 *
 * @param frames innermost first; empty when no throwable has an application frame
 */
public record InputCensus(List<Frame> frames) {
  private static final int MAX_DEPTH = 6;

  /**
   * One frame's inputs.
   *
   * @param place {@code class.method(file:line)}
   * @param captured whether the frame was captured with values at all
   * @param plain can be written as they were
   * @param stubbable are collaborators, or hold some
   * @param lost withheld, cut away or unreadable; a stand-in is made up
   * @param lostNames names of the lost ones
   */
  public record Frame(
      String place, boolean captured, int plain, int stubbable, int lost, List<String> lostNames) {
    public Frame {
      lostNames = List.copyOf(lostNames);
    }
  }

  public InputCensus {
    frames = List.copyOf(frames);
  }

  /** Counts; reads class files of the project's outputs. */
  public static InputCensus of(Incident incident, ProjectModel project) {
    Optional<Failure> failure = Failure.of(incident.exception());
    if (failure.isEmpty()) {
      return new InputCensus(List.of());
    }
    try (ClassPool classes = ClassPool.of(project, project.modules().get(0))) {
      Evidence evidence = Evidence.of(failure.get(), failure.get().depth() - 1, classes);
      Count count = new Count(failure.get(), classes, new Collaborators(classes, evidence));
      List<Frame> frames = new ArrayList<>();
      for (int depth = 0; depth < failure.get().depth(); depth++) {
        frames.add(count.frame(failure.get().frame(depth)));
      }
      return new InputCensus(frames);
    }
  }

  private enum Kind {
    PLAIN,
    STUBBABLE,
    LOST;

    Kind worse(Kind other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  private record Count(Failure failure, ClassPool classes, Collaborators collaborators) {

    Frame frame(CapturedFrame frame) {
      Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
      List<String> lost = new ArrayList<>();
      for (Variable v : frame.locals()) {
        if (v.parameter()) {
          tally(v.name(), kind(v.value(), JavaType.parse(v.descriptor()), 0), counts, lost);
        }
      }
      if (frame.receiver() instanceof CapturedValue.Composite c) {
        for (CapturedValue.Field f : c.fields()) {
          tally(f.name(), kind(f.value(), JavaType.OBJECT, 1), counts, lost);
        }
      } else if (frame.receiver() instanceof CapturedValue.Opaque) {
        tally("this", Kind.LOST, counts, lost);
      }
      return new Frame(
          frame.display(),
          frame.hasValues(),
          counts.getOrDefault(Kind.PLAIN, 0),
          counts.getOrDefault(Kind.STUBBABLE, 0),
          counts.getOrDefault(Kind.LOST, 0),
          lost);
    }

    private static void tally(
        String name, Kind kind, Map<Kind, Integer> counts, List<String> lost) {
      counts.merge(kind, 1, Integer::sum);
      if (kind == Kind.LOST) {
        lost.add(name);
      }
    }

    private Kind kind(CapturedValue value, JavaType declared, int depth) {
      if (depth > MAX_DEPTH || value instanceof CapturedValue.Redacted) {
        return Kind.LOST;
      }
      if (value instanceof CapturedValue.Opaque o) {
        return opaque(o, declared);
      }
      if (value instanceof CapturedValue.Sequence s) {
        return s.complete() ? worst(s.elements().stream(), depth) : Kind.LOST;
      }
      if (value instanceof CapturedValue.Mapping m) {
        return m.complete()
            ? worst(m.entries().stream().flatMap(e -> Stream.of(e.key(), e.value())), depth)
            : Kind.LOST;
      }
      if (value instanceof CapturedValue.Composite c) {
        JavaType type = JavaType.ofBinaryName(Proxies.target(c.type()));
        return collaborators.stubbed(c, type, declared)
            ? Kind.STUBBABLE
            : worst(c.fields().stream().map(CapturedValue.Field::value), depth);
      }
      if (value instanceof CapturedValue.Reference r) {
        return failure.objects().containsKey(r.identity()) ? Kind.PLAIN : Kind.LOST;
      }
      boolean cut = value instanceof CapturedValue.Text t && !t.complete();
      return cut ? Kind.LOST : Kind.PLAIN;
    }

    private Kind opaque(CapturedValue.Opaque value, JavaType declared) {
      JavaType type = JavaType.ofBinaryName(Proxies.target(value.type()));
      boolean stubbable =
          Proxies.isProxy(value.type())
              || collaborators.collaborator(type, declared)
              || (classes.has(type.internal())
                  && !type.internal().startsWith("java/")
                  && !classes.application(type.internal()));
      return stubbable ? Kind.STUBBABLE : Kind.LOST;
    }

    private Kind worst(Stream<CapturedValue> values, int depth) {
      return values.map(v -> kind(v, JavaType.OBJECT, depth + 1)).reduce(Kind.PLAIN, Kind::worse);
    }
  }
}
