package dev.fettle.cli.repair;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.search.Suggestion;
import dev.fettle.search.Suggestions;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.locate.JavaFaultLocalizer;
import dev.fettle.templates.TemplateGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What the templates propose for failing tests in which an exception was thrown, as one more family
 * of the search, beside what another adviser says. They are made on a thread of their own, because
 * a large code base is mined for its conventions first.
 */
final class TemplateAdvice implements Suggestions {
  private static final int PLACES = 3;
  private static final int CANDIDATES = 15;

  private final Suggestions other;
  private final LinkedBlockingQueue<Suggestion> come = new LinkedBlockingQueue<>();

  private TemplateAdvice(Suggestions other) {
    this.other = other;
  }

  /** Begins to ask the templates; where no exception says enough, only {@code other} is heard. */
  static Suggestions beside(
      Suggestions other, Search.Target target, SourceTree tree, ProjectModel project) {
    List<CapturedException> thrown =
        thrown(target.failing()).values().stream().limit(PLACES).toList();
    if (thrown.isEmpty()) {
      return other;
    }
    TemplateAdvice advice = new TemplateAdvice(other);
    Thread thread =
        new Thread(() -> thrown.forEach(e -> advice.ask(e, tree, project)), "fettle-templates");
    thread.setDaemon(true);
    thread.start();
    return advice;
  }

  /**
   * One exception for each kind and place, by both; what a test itself asserted says nothing to a
   * template.
   */
  static Map<String, CapturedException> thrown(List<ProjectTests.OneTest> failing) {
    Map<String, CapturedException> byPlace = new LinkedHashMap<>();
    for (ProjectTests.OneTest test : failing) {
      Optional<CapturedException> failure = Optional.of(test.result()).flatMap(TestResult::failure);
      failure
          .map(CapturedException::root)
          .filter(e -> !e.type().endsWith("AssertionError"))
          .filter(e -> !e.type().endsWith("AssertionFailedError"))
          .filter(e -> !e.type().endsWith("ComparisonFailure"))
          .ifPresent(
              e ->
                  e.topApplicationFrame()
                      .ifPresent(f -> byPlace.putIfAbsent(e.type() + f.display(), e)));
    }
    return byPlace;
  }

  private void ask(CapturedException thrown, SourceTree tree, ProjectModel project) {
    JavaSources sources = new JavaSources();
    Incident incident = TraceRepair.incident(thrown);
    if (new JavaFaultLocalizer(sources).localize(incident, tree, project)
            instanceof Diagnosis diagnosis
        && diagnosis.repairable()) {
      RepairCase diagnosed = new RepairCase(incident, diagnosis, tree, project, Optional.empty());
      new TemplateGenerator(sources)
          .candidates(diagnosed)
          .limit(CANDIDATES)
          .map(TemplateAdvice::suggestion)
          .forEach(come::add);
    }
  }

  private static Suggestion suggestion(Candidate candidate) {
    return new Suggestion.Whole(candidate.patch(), candidate.generator(), candidate.rationale());
  }

  @Override
  public List<Suggestion> taken() {
    List<Suggestion> taken = new ArrayList<>();
    come.drainTo(taken);
    taken.addAll(other.taken());
    return taken;
  }

  @Override
  public boolean more(boolean found) {
    return !come.isEmpty() || other.more(found);
  }
}
