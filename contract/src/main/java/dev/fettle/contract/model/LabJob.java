package dev.fettle.contract.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something to compile and run against a project.
 *
 * @param project the built copy to work from; never changed by a job
 * @param patch applied to main sources first; empty to run the project as it is
 * @param added files laid over the project, such as a generated test
 * @param selection which tests
 * @param timeout for the whole job
 */
public record LabJob(
    ProjectModel project,
    Optional<Patch> patch,
    List<NewFile> added,
    Selection selection,
    Duration timeout) {

  /** Which tests to run. */
  public sealed interface Selection {
    /** Exactly these classes (binary names) of one module. */
    record Classes(String module, List<String> names) implements Selection {
      public Classes {
        names = List.copyOf(names);
      }
    }

    /** Tests that reach what the patch changes; all when none is known to. */
    record Affected() implements Selection {}

    /** Every test of the base revision; with a patch, every one that can notice it. */
    record All() implements Selection {}

    /** None: compile only. */
    record None() implements Selection {}
  }

  public LabJob {
    added = List.copyOf(added);
  }
}
