package dev.fettle.contract.spi;

import dev.fettle.contract.model.Incident;
import java.util.Optional;

/** Proposes what to do at a failing site of a running program. */
public interface Healer {
  /** Short and stable. */
  String name();

  /** The name of a remedy for the incident's site, if it knows one. */
  Optional<String> remedy(Incident incident);
}
