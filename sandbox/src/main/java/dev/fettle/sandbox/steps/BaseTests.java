package dev.fettle.sandbox.steps;

import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.ProjectModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the project's tests do without a patch. */
public interface BaseTests {
  /** {@code class#method} of tests that pass reliably; empty when that is not known in time. */
  Optional<Set<String>> passing(ProjectModel project, Duration timeout);

  /**
   * Test classes that a job for all tests leaves out, because at the base revision they came
   * nowhere near what it changes. Empty when that is not known.
   */
  Set<String> unreached(LabJob job);

  /** Tests that fail or are unstable without a patch, as far as known. */
  List<String> leftOut(ProjectModel project);
}
