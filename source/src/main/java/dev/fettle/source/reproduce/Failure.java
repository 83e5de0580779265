package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The throwable of an incident that a test has to raise again: the innermost of the cause chain
 * that has application frames, with the values that any throwable of the chain was captured with.
 *
 * @param frames all of them, innermost first
 * @param application indexes of application frames in {@code frames}, innermost first, at least one
 * @param wrapped whether it reached the top inside another throwable
 * @param objects captured objects by identity, the fullest copy of each
 */
record Failure(
    CapturedException thrown,
    List<CapturedFrame> frames,
    List<Integer> application,
    boolean wrapped,
    Map<Integer, CapturedValue> objects) {

  /** Empty when no throwable of the chain has an application frame. */
  static Optional<Failure> of(CapturedException top) {
    List<CapturedException> chain = new ArrayList<>();
    for (CapturedException e = top; e != null; e = e.cause()) {
      chain.add(0, e);
    }
    for (CapturedException e : chain) {
      List<CapturedFrame> frames = e.frames().stream().map(f -> valued(f, chain)).toList();
      List<Integer> application = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        if (frames.get(i).application()) {
          application.add(i);
        }
      }
      if (!application.isEmpty()) {
        return Optional.of(
            new Failure(e, frames, List.copyOf(application), !e.equals(top), objects(chain)));
      }
    }
    return Optional.empty();
  }

  private static CapturedFrame valued(CapturedFrame frame, List<CapturedException> chain) {
    if (frame.hasValues() || !frame.application()) {
      return frame;
    }
    return chain.stream()
        .flatMap(e -> e.frames().stream())
        .filter(f -> f.hasValues() && f.className().equals(frame.className()))
        .filter(f -> f.method().equals(frame.method()) && f.line() == frame.line())
        .findFirst()
        .orElse(frame);
  }

  /** The same failure with one application frame more, outside of all others. */
  Failure enteredBy(CapturedFrame outermost) {
    List<CapturedFrame> all = new ArrayList<>(frames);
    all.add(outermost);
    List<Integer> indexes = new ArrayList<>(application);
    indexes.add(all.size() - 1);
    return new Failure(thrown, List.copyOf(all), List.copyOf(indexes), wrapped, objects);
  }

  /** The application frame at {@code depth}; 0 threw. */
  CapturedFrame frame(int depth) {
    return frames.get(application.get(depth));
  }

  int depth() {
    return application.size();
  }

  /** The frame that the application frame at {@code depth} called, whoever's it is. */
  Optional<CapturedFrame> calledBy(int depth) {
    int index = application.get(depth) - 1;
    return index < 0 ? Optional.empty() : Optional.of(frames.get(index));
  }

  private static Map<Integer, CapturedValue> objects(List<CapturedException> chain) {
    Map<Integer, CapturedValue> all = new HashMap<>();
    for (CapturedException e : chain) {
      for (CapturedFrame f : e.frames()) {
        if (f.receiver() != null) {
          collect(f.receiver(), all);
        }
        for (Variable v : f.locals()) {
          collect(v.value(), all);
        }
      }
    }
    return Map.copyOf(all);
  }

  private static void collect(CapturedValue value, Map<Integer, CapturedValue> all) {
    if (value instanceof CapturedValue.Composite c) {
      all.merge(
          c.identity(),
          c,
          (a, b) ->
              ((CapturedValue.Composite) b).fields().size()
                      > ((CapturedValue.Composite) a).fields().size()
                  ? b
                  : a);
      c.fields().forEach(f -> collect(f.value(), all));
    } else if (value instanceof CapturedValue.Sequence s) {
      s.elements().forEach(e -> collect(e, all));
    } else if (value instanceof CapturedValue.Mapping m) {
      for (CapturedValue.Entry e : m.entries()) {
        collect(e.key(), all);
        collect(e.value(), all);
      }
    }
  }
}
