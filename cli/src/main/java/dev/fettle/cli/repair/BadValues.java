package dev.fettle.cli.repair;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Suspect;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.locate.JavaFaultLocalizer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the values come from with which failing tests ended in an exception: the slice of each
 * failure, backward through assignments, callers and producers. A fault is often in another class
 * than the frame that threw. One exception of a kind and place is looked at once. Confined to one
 * thread.
 */
final class BadValues {
  private static final int LOOKED_AT = 6;

  private final JavaProject project;
  private final JavaFaultLocalizer localizer = new JavaFaultLocalizer(new JavaSources());
  private final Map<String, Map<String, Double>> known = new HashMap<>();

  BadValues(JavaProject project) {
    this.project = project;
  }

  /** Scores in [0, 1] by {@code path:line}. */
  Map<String, Double> of(List<ProjectTests.OneTest> failing) {
    Map<String, Double> scores = new HashMap<>();
    TemplateAdvice.thrown(failing)
        .forEach(
            (place, thrown) -> {
              if (known.containsKey(place) || known.size() < LOOKED_AT) {
                known
                    .computeIfAbsent(place, k -> traced(thrown))
                    .forEach((line, score) -> scores.merge(line, score, Math::max));
              }
            });
    return scores;
  }

  private Map<String, Double> traced(CapturedException thrown) {
    Map<String, Double> scores = new LinkedHashMap<>();
    try {
      if (localizer.localize(TraceRepair.incident(thrown), project.tree(), project.model())
          instanceof Diagnosis diagnosis) {
        for (Suspect suspect : diagnosis.suspects()) {
          String line = suspect.place().path() + ":" + suspect.place().line();
          scores.merge(line, suspect.suspiciousness(), Math::max);
        }
      }
    } catch (IllegalArgumentException | IllegalStateException ofTheModel) {
      return Map.of(); // a type that the compiler could not find: the spectrum knows enough
    }
    return scores;
  }
}
