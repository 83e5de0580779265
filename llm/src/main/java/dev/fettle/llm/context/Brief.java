package dev.fettle.llm.context;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is told.
 *
 * @param parts texts for the holes of the prompt
 * @param spans all that are shown
 * @param unsent texts whose vectors would be asked for first, by which other incidents may be found
 *     similar than are told here; empty when they are known or none are wanted
 */
public record Brief(Map<String, String> parts, List<Span> spans, List<String> unsent) {
  public Brief {
    parts = Map.copyOf(parts);
    spans = List.copyOf(spans);
    unsent = List.copyOf(unsent);
  }

  /** The span of that name. */
  public Optional<Span> span(String name) {
    return spans.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
