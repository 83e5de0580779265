package dev.fettle.contract.spi;

import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;

/** Finds out why an incident happened. */
public interface FaultLocalizer {
  Analysis localize(Incident incident, SourceTree tree, ProjectModel project);
}
