package dev.fettle.server.view;

import dev.fettle.contract.model.IncidentId;
import dev.fettle.source.reproduce.InputCensus;
import java.util.Optional;

/** How much of what an incident's frames saw a generated test can restore. */
@FunctionalInterface
public interface RestorableInputs {
  /** Empty without a repository, and while the incident's revision cannot be read. */
  Optional<InputCensus> of(IncidentId incident);
}
