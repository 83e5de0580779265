package dev.fettle.contract.model;

import java.util.List;
import java.util.Map;

/** What the laboratory saw. */
public sealed interface LabReport {
  /**
   * The job compiled and its tests ran.
   *
   * @param results one per test method, in the order they ran
   * @param classes bytes of the main classes the patch changed, by binary name; empty without patch
   * @param mode how it ran, for people: {@code warm lab, bubblewrap}, ...
   */
  record Ran(List<TestResult> results, Map<String, byte[]> classes, String mode)
      implements LabReport {
    public Ran {
      results = List.copyOf(results);
      classes = Map.copyOf(classes);
    }

    /** The failed ones. */
    public List<TestResult> failures() {
      return results.stream().filter(r -> r.status() == TestResult.Status.FAILED).toList();
    }
  }

  /** The compiler refused; one diagnostic per line. */
  record NotCompiled(String diagnostics) implements LabReport {}

  /** The code under test ran past its limits. */
  record TimedOut(String detail) implements LabReport {}

  /** Our machinery failed. */
  record LabFailure(String reason) implements LabReport {}
}
