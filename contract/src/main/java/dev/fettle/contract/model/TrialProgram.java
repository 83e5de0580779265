package dev.fettle.contract.model;

import java.util.List;
import java.util.Map;

/**
 * A program for which candidates are judged.
 *
 * @param project the built copy
 * @param module the module whose tests run
 * @param sources the files that candidates may edit, path to text; they hide the class files of
 *     what they declare
 * @param tests at least one
 */
public record TrialProgram(
    ProjectModel project,
    ProjectModel.Module module,
    Map<String, String> sources,
    List<TrialTest> tests) {
  public TrialProgram {
    if (sources.isEmpty() || tests.isEmpty()) {
      throw new IllegalArgumentException("a program needs a source and a test");
    }
    sources = Map.copyOf(sources);
    tests = List.copyOf(tests);
  }
}
