package dev.fettle.llm.context;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is told.
 *
 * @param parts texts for the holes of the prompt
 * @param spans all that are shown
 */
public record Brief(Map<String, String> parts, List<Span> spans) {
  public Brief {
    parts = Map.copyOf(parts);
    spans = List.copyOf(spans);
  }

  /** The span of that name. */
  public Optional<Span> span(String name) {
    return spans.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
