package dev.fettle.engine.loop;

import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.Revisions.Checkout;
import dev.fettle.contract.spi.SourceTree;

/** What a repair stands on: the failing revision and what its build says of it. */
sealed interface Ground {
  /** Found and read. */
  record Firm(SourceTree tree, ProjectModel project, String note) implements Ground {}

  /** Not to be had. */
  record None(String reason) implements Ground {}

  /**
   * @param pinned the revision an earlier part of this attempt found; empty at first, then the
   *     revision that runs is taken
   */
  static Ground find(
      Incident incident, String pinned, Revisions revisions, ProjectReader projects) {
    Checkout checkout =
        revisions.checkout(pinned.isEmpty() ? incident.sample().origin().revision() : pinned);
    if (checkout instanceof Checkout.Missing missing) {
      return new None(missing.reason());
    }
    Checkout.Found found = (Checkout.Found) checkout;
    Reading reading = projects.read(found.tree());
    if (reading instanceof Reading.Unreadable unreadable) {
      return new None(unreadable.reason());
    }
    return new Firm(found.tree(), ((Reading.Read) reading).project(), found.note());
  }

  /** One line for the journal. */
  default String detail() {
    if (this instanceof Firm firm) {
      return firm.tree().revision()
          + (firm.note().isEmpty() ? "" : ", " + firm.note())
          + ", "
          + firm.project().modules().size()
          + " modules";
    }
    return ((None) this).reason();
  }
}
