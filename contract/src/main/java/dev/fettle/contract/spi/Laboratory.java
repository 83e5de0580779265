package dev.fettle.contract.spi;

import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import java.util.List;

/** Compiles and runs project code in confined child JVMs. Thread-safe. */
public interface Laboratory {
  /** Runs a job to its end or its timeout. */
  LabReport run(LabJob job);

  /** Starts what makes the first job fast. Returns at once. */
  void warm(ProjectModel project);

  /** Runs the project's own build and tests on a fresh copy of {@code tree} with the changes. */
  Confirmation confirm(SourceTree tree, Patch patch, List<NewFile> added);

  /** How children are confined, for people: {@code bubblewrap}, {@code host}, ... */
  String confinement();
}
