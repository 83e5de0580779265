package dev.fettle.contract.spi;

import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestDraft;
import java.util.stream.Stream;

/** Writes tests that should fail as an incident did, best rung first. */
public interface Reproducer {
  /** Lazy; may be empty. */
  Stream<TestDraft> drafts(
      Incident incident, Diagnosis diagnosis, SourceTree tree, ProjectModel project);
}
