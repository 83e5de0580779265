package dev.fettle.contract.spi;

import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry;
import java.util.List;

/** The append-only record of what happened. Appending returns when the entry is durable. */
public interface Journal {
  /** Stores it and returns it with its sequence. */
  JournalEntry append(JournalEntry entry);

  /** All entries of an incident, oldest first. */
  List<JournalEntry> of(IncidentId incident);

  /** Incidents whose road was begun and not ended, oldest first. */
  List<IncidentId> unfinished();
}
